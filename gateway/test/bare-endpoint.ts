import { pino } from 'pino';
import { Registry } from 'prom-client';
import type { Principal } from '../src/admission/principals.ts';
import { DeviceIndex } from '../src/device-index.ts';
import { createGateway } from '../src/gateway.ts';
import { IntakeQueue } from '../src/intake-queue.ts';
import { DeviceClocks } from '../src/liveness/device-clocks.ts';
import { LastSeen } from '../src/liveness/last-seen.ts';

/**
 * `node gateway/test/bare-endpoint.ts [port]`: the endpoint alone, as a program. Lets everybody in, decodes
 * everything, acknowledges at once, keeps nothing: what the gateway costs with no work behind it. Prints
 * `{"port":…}`; SIGTERM ends it, and so does the end of a process that started it with a channel.
 */
const everybody: Principal = {
  name: 'anybody',
  kind: 'session',
  run: null,
  clientId: null,
  county: '331081',
  mayPublish: () => true,
  mayUse: () => true,
};

/** Deliveries acknowledged at a time. */
const takeLimit = 10_000;

const queue = new IntakeQueue();
queue.onReady = () => setImmediate(empty);

function empty(): void {
  for (let taken = queue.take(takeLimit); taken.length > 0; taken = queue.take(takeLimit))
    for (const delivery of taken) delivery.acknowledge();
}

const gateway = createGateway({
  clock: Date.now,
  principals: { authenticate: async () => everybody },
  county: everybody.county,
  devices: new DeviceIndex(),
  identities: { deviceOf: () => null },
  clocks: new DeviceClocks(),
  carriers: { find: async () => null },
  queue,
  lastSeen: new LastSeen(),
  endpoint: { host: '127.0.0.1', port: Number(process.argv[2] ?? 0) },
  log: pino({ level: 'warn' }, process.stderr),
  metrics: new Registry(),
});
process.stdout.write(`${JSON.stringify(await gateway.start())}\n`);

const stop = () => void gateway.stop().then(() => process.exit(0));
process.once('SIGTERM', stop);
process.once('SIGINT', stop);
if (process.channel !== undefined) process.once('disconnect', stop);
