import { type RefusalReason, refusalReasons } from './device-event.ts';
import { type CloseReason, closeReasons } from './sources/mqtt/reason-codes.ts';
import { type PushAnswerName, pushAnswers } from './sources/push/push-answers.ts';
import { TransmitterTallies } from './transmitter-tallies.ts';

/**
 * What the gateway counts, as plain numbers: a counter of the metrics library costs 100 ns an increment, and
 * there are several for each message. `gateway-metrics.ts` copies them when somebody asks.
 */
export class GatewayTallies {
  /** Messages of admitted connections, heartbeats and refused ones included. */
  received = 0;
  heartbeats = 0;
  refused: Record<RefusalReason | 'not-authorised', number> = {
    ...zeroFor(refusalReasons),
    'not-authorised': 0,
  };
  /** Pushes of carrier clouds, by how they were answered. */
  pushes: Record<PushAnswerName, number> = zeroFor(Object.keys(pushAnswers) as PushAnswerName[]);
  /** CONNECTs turned away. */
  connectsRefused = 0;
  /** Times that a connection was not read for a while because it was faster than its policy, by policy. */
  slowed: Record<string, number> = {};
  /** Sockets that found no room. */
  dropped = 0;
  /** Connections ended, by reason; those that never connected included. */
  closed: Record<CloseReason, number> = zeroFor(closeReasons);
  /** Open now, CONNECT accepted. */
  connections = 0;
  /** Of open connections: received and not yet stored. */
  unacknowledged = 0;
  /** Of GB/T 26875.3. */
  readonly transmitters = new TransmitterTallies();
}

function zeroFor<K extends string>(keys: readonly K[]): Record<K, number> {
  return Object.fromEntries(keys.map((key) => [key, 0])) as Record<K, number>;
}
