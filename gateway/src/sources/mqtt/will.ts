import type { Qos } from './publish-packet.ts';

/**
 * The last message of a client, published for it when its connection ends otherwise than by its DISCONNECT
 * with reason 0 (MQTT §3.1.2.5). It goes the way of any message of that client, marked as delayed; one on a
 * topic that the client may not use is counted and dropped then. Our own shutdown publishes no wills: it would
 * tell of a county of devices gone offline that are not. A will delay has no effect, because the session, and
 * with it the delay, ends with the connection.
 */
export interface Will {
  topic: string;
  payload: Buffer;
  qos: Qos;
  retain: boolean;
}
