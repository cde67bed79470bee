import { packetType } from './control-packet.ts';

/**
 * The small packets that answer the frequent ones, as one integer each until they are written: type, reason
 * code, packet id. All that a connection has to say after a batch goes out in one write; that a PUBACK is 4
 * bytes by hand, and not a general packet, saves a microsecond each.
 */
export type Reply = number;

export const pingreq: Reply = packetType.pingreq << 24;
export const pingresp: Reply = packetType.pingresp << 24;

/** PUBACK, PUBREC or PUBCOMP (MQTT §3.4, 3.5, 3.7). A reason other than 0 exists in MQTT 5 only. */
export function reply(type: 4 | 5 | 7, packetId: number, reason = 0): Reply {
  return (type << 24) | (reason << 16) | packetId;
}

/** The bytes of replies, in order. */
export function encodeReplies(replies: readonly Reply[]): Buffer {
  const bytes = Buffer.allocUnsafe(replies.length * 5);
  let at = 0;
  for (const one of replies) {
    const type = one >>> 24;
    const reason = (one >>> 16) & 255;
    bytes[at++] = type << 4;
    if (type === packetType.pingresp || type === packetType.pingreq) {
      bytes[at++] = 0;
      continue;
    }
    bytes[at++] = reason === 0 ? 2 : 3;
    bytes[at++] = (one >>> 8) & 255;
    bytes[at++] = one & 255;
    if (reason !== 0) bytes[at++] = reason;
  }
  return bytes.subarray(0, at);
}
