import type { CloseReason } from './sources/mqtt/reason-codes.ts';

/** Why a connection to the broker ended or did not come to be; the label of the metric. */
export type SessionEnd =
  | CloseReason
  /** No connection: no such host, nobody listens, no trust in its certificate. */
  | 'unreachable'
  /** CONNACK said no. */
  | 'refused'
  /** The broker does not let us hear the events of our county. */
  | 'subscription-refused'
  /** Nothing was heard from it for as long as the keepalive, our pings not answered. */
  | 'broker-silent'
  /** It sent DISCONNECT (MQTT 5). */
  | 'broker-disconnected'
  /** Not even tried: the lease of the county is not known to be ours, and the client id may be another's now. */
  | 'lease-not-held';

/** What the session with an external broker counts, as plain numbers; see `GatewayTallies`. */
export class SessionTallies {
  connected = false;
  /** Accepted CONNECTs. */
  connects = 0;
  /** By reason; one that never occurred is missing. */
  readonly ends: Partial<Record<SessionEnd, number>> = {};
  /** The broker had forgotten the session while we were away, and what was published meanwhile. */
  sessionsLost = 0;
  /** SUBSCRIBEs for the county. */
  subscribes = 0;
  messages = 0;
  /** Received on the connection at hand and not acknowledged. */
  unacknowledged = 0;
  /** What Mosquitto says that it dropped since it started, to whomever. */
  droppedByBroker = 0;

  ended(end: SessionEnd): void {
    this.ends[end] = (this.ends[end] ?? 0) + 1;
  }
}
