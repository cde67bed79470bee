import type { Channel, DeliveryReason, DrillBody, WebhookBody } from '@fenghuo/contracts/deliveries.ts';
import type { ReporterMessage } from '@fenghuo/contracts/intake.ts';
import type { WaitingDelivery } from '../store/sql/find-delivery.ts';

/** What became of an attempt. `again`: another one may end better. */
export type Verdict = { state: 'sent' } | { state: 'failed' | 'refused' | 'again'; reason: DeliveryReason };

/** A way out of the house. Never throws; the same delivery may come twice and must be known by its id. */
export interface OutwardChannel {
  send(message: WebhookBody | DrillBody | ReporterMessage): Promise<Verdict>;
}

export type OutwardChannels = ReadonlyMap<string, OutwardChannel>;

/** The channels that messages go over: what is written in the house, and what leads out of it. */
export function channelsInUse(outward: ReadonlyMap<Channel, OutwardChannel>): Channel[] {
  return ['inbox', ...outward.keys()];
}

/**
 * The stages that every delivery goes through on its way out, in this order: the person is still there, the channel
 * is still configured, the people are real, of a drill they take part and it is not over, or they are told just that; then it is sent. Who takes part is
 * asked a second time here, since a mistake of the writer would wake a town.
 */
export async function passOut(delivery: WaitingDelivery, outward: OutwardChannels): Promise<Verdict> {
  const { channel: name, demo, drill, person, id, at, unit, says } = delivery;
  if (person === null) return { state: 'refused', reason: 'person-gone' };
  const channel = outward.get(name);
  if (channel === undefined) return { state: 'refused', reason: 'not-configured' };
  if (demo) return { state: 'refused', reason: 'demo-data' };
  if (says.run !== null) {
    if (drill === null || !drill.participants.includes(person.id))
      return { state: 'refused', reason: 'no-participant' };
    if (drill.over && says.kind !== 'drill-ended') return { state: 'refused', reason: 'drill-over' };
  }
  return channel.send({ id, at, unit, person, ...says });
}
