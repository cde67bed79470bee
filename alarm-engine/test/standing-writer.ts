import { IntakeQueue } from '@fenghuo/gateway/intake-queue.ts';
import { pino } from 'pino';
import { Failpoints } from '../src/engine/failpoint.ts';
import { Writer, type WriterOptions } from '../src/engine/writer.ts';
import type { Registry } from '../src/registry/registry.ts';
import { connectClient } from '../src/store/pool.ts';
import { loadRegistry } from '../src/store/sql/load-registry.ts';
import { takeLease } from '../src/store/sql/take-lease.ts';
import { county } from './small-county.ts';

export interface StandingWriter {
  writer: Writer;
  intake: IntakeQueue;
  registry: Registry;
}

/**
 * A writer of the small county, started, on the database of this URL of the runtime role: it takes the lease from
 * whoever held it, and for good, since a clock that is moved renews none.
 */
export async function startStandingWriter(
  appUrl: string,
  { intake = new IntakeQueue(), ...of }: { clock: () => number } & Partial<WriterOptions>,
): Promise<StandingWriter> {
  const connect = of.connect ?? (() => connectClient({ url: appUrl, name: 'writer', pipeline: true }));
  const client = await connectClient({ url: appUrl, name: 'lease', pipeline: true });
  const registry = (await loadRegistry(client, county))!;
  await client.query(`update fenghuo.writer_lease set expires_at = clock_timestamp()`);
  const epoch = (await takeLease(client, county, 'test'))!;
  await client.query(`update fenghuo.writer_lease set expires_at = 'infinity'`);
  await client.end();
  const writer = new Writer({
    ...{ registry, epoch, timeZone: 'Asia/Shanghai', failpoints: new Failpoints(undefined) },
    ...{ log: pino({ level: 'silent' }), onFenced: () => {} },
    ...of,
    ...{ connect, intake },
  });
  await writer.start();
  return { writer, intake, registry };
}
