import type { DeviceEvent, Refused } from '@fenghuo/gateway/device-event.ts';
import type { ClientBase } from 'pg';

/** A message that is no event: refused by a codec, by the database (`not-storable`), by a fault
 * of ours (`undecided`), or a drill event of a device that nobody registered (`unknown-device`). */
export type QuarantinedMessage = Omit<Refused, 'reason'> & {
  reason: Refused['reason'] | 'not-storable' | 'undecided' | 'unknown-device';
};

/** An event that was decoded and cannot go on its way: its bytes are the event itself as JSON. */
export function quarantinedEvent(event: DeviceEvent): Omit<QuarantinedMessage, 'reason' | 'detail'> {
  const plain = (_: string, value: unknown) => (typeof value === 'bigint' ? value.toString() : value);
  return {
    source: event.source,
    principal: null,
    topic: event.run === null ? event.deviceId : `${event.run}/${event.deviceId}`,
    retained: event.retained,
    bytes: Buffer.from(JSON.stringify(event, plain)),
    receivedAt: event.receivedAt,
  };
}

/** Keeps messages that could not be events, with their reason and bytes. */
export async function insertQuarantine(
  client: ClientBase,
  county: string,
  refused: readonly QuarantinedMessage[],
): Promise<void> {
  if (refused.length === 0) return;
  const column = <T>(of: (message: QuarantinedMessage) => T): T[] => refused.map(of);
  await client.query({
    name: 'insert-quarantine',
    text: `
      insert into fenghuo.quarantine (county, received_at, reason, source, principal, topic, bytes, detail, retained)
      select $1, to_timestamp(received_at / 1000), reason, source, principal, topic, bytes, detail, retained
      from unnest($2::float8[], $3::text[], $4::text[], $5::text[], $6::text[], $7::bytea[], $8::text[],
                  $9::boolean[])
        as q (received_at, reason, source, principal, topic, bytes, detail, retained)`,
    values: [
      county,
      column((message) => message.receivedAt),
      column((message) => message.reason),
      column((message) => message.source),
      column((message) => message.principal),
      column((message) => message.topic),
      column((message) => Buffer.from(message.bytes)),
      column((message) => message.detail),
      column((message) => message.retained),
    ],
  });
}
