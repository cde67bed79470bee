import { generate, type Packet, parser, writeToStream } from 'mqtt-packet';
import type { CloseReason } from './reason-codes.ts';

/** Types of MQTT control packets: the upper half of the first byte (MQTT §2.1.2). */
export const packetType = {
  connect: 1,
  connack: 2,
  publish: 3,
  puback: 4,
  pubrec: 5,
  pubrel: 6,
  pubcomp: 7,
  subscribe: 8,
  suback: 9,
  unsubscribe: 10,
  pingreq: 12,
  pingresp: 13,
  disconnect: 14,
  auth: 15,
} as const;

/** mqtt-packet would keep a Buffer for each of 65,536 numbers: 11 MB to write a few packets faster. */
writeToStream.cacheNumbers = false;

export type ProtocolVersion = 4 | 5;

export type Parsed = { packet: Packet; fault?: undefined } | { fault: CloseReason; packet?: undefined };

/**
 * Reads one whole packet with mqtt-packet. The parser gets this packet's bytes and nothing behind them, since
 * it would read on into the next packet where a length lies. It throws or reports for what is malformed.
 */
export function parseControlPacket(bytes: Buffer, version: ProtocolVersion): Parsed {
  let packet: Packet | null = null;
  let fault: CloseReason | null = null;
  const reader = parser({ protocolVersion: version });
  reader.on('packet', (read) => {
    packet = read;
  });
  reader.on('error', (error: Error) => {
    fault ??=
      error.message === 'Invalid protocol version' || error.message === 'Invalid protocolId'
        ? 'unsupported-protocol'
        : 'malformed-packet';
  });
  try {
    const left = reader.parse(bytes);
    if (left > 0) fault ??= 'malformed-packet';
  } catch {
    fault ??= 'malformed-packet';
  }
  return packet !== null && fault === null ? { packet } : { fault: fault ?? 'malformed-packet' };
}

/** Writes a packet that is sent rarely; for the frequent ones see `replies.ts`. */
export function generateControlPacket(packet: Packet, version: ProtocolVersion): Buffer {
  return generate(packet, { protocolVersion: version });
}
