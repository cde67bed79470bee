import type { DeviceEvent, Refused } from '@fenghuo/gateway/device-event.ts';
import type { Statement } from '../statement-batch.ts';

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
export function insertQuarantine(county: string, refused: readonly QuarantinedMessage[]): Statement {
  const rows = refused.map(({ bytes, ...message }) => ({
    ...message,
    bytes: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64'),
  }));
  return {
    name: 'insert-quarantine',
    text: `
      insert into fenghuo.quarantine (county, received_at, reason, source, principal, topic, bytes, detail, retained)
      select $1, to_timestamp("receivedAt" / 1000), reason, source, principal, topic, decode(bytes, 'base64'), detail,
             retained
      from json_to_recordset($2) as q
        ("receivedAt" float8, reason text, source text, principal text, topic text, bytes text, detail text, retained boolean)`,
    values: [county, JSON.stringify(rows)],
  };
}
