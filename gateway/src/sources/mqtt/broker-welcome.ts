import type { IConnackPacket } from 'mqtt-packet';
import { generateControlPacket, type ProtocolVersion, parseControlPacket } from './control-packet.ts';
import type { CloseReason } from './reason-codes.ts';

/** How the session introduces itself to the broker. */
export interface Introduction {
  version: ProtocolVersion;
  clientId: string;
  username?: string | undefined;
  password?: string | undefined;
  keepaliveMs: number;
  receiveMaximum: number;
}

/** What is asked for: a broker may grant less. A week of a station that is away. Seconds. */
export const sessionExpiryS = 7 * 86_400;

/**
 * CONNECT (MQTT §3.1) for a session that outlives its connection: clean start off. Maximum packet size is not
 * announced: a broker drops what is larger and says nothing (MQTT-3.1.2-25); what we cannot use goes to
 * quarantine instead.
 */
export function introduce(introduction: Introduction): Buffer {
  const { version, clientId, username, password, keepaliveMs, receiveMaximum } = introduction;
  return generateControlPacket(
    {
      cmd: 'connect',
      protocolId: 'MQTT',
      protocolVersion: version,
      clientId,
      clean: false,
      keepalive: Math.ceil(keepaliveMs / 1000),
      ...(username === undefined ? {} : { username }),
      ...(password === undefined ? {} : { password: Buffer.from(password) }),
      ...(version === 5 ? { properties: { sessionExpiryInterval: sessionExpiryS, receiveMaximum } } : {}),
    },
    version,
  );
}

/** What the broker granted; the numbers are those of MQTT 5, null where it does not say. */
export interface BrokerWelcome {
  version: ProtocolVersion;
  sessionPresent: boolean;
  /** The keepalive to be kept instead of the one that was asked for (MQTT-3.1.2-21); 0 there means none. */
  keepaliveMs: number | null;
  sessionExpiryS: number | null;
  maximumQos: number | null;
  maximumPacketSize: number | null;
  wildcards: boolean;
}

export type BrokerAnswer =
  | { welcome: BrokerWelcome; refused?: undefined; fault?: undefined }
  | { refused: 'unsupported-protocol' | 'refused'; detail: string; fault?: undefined; welcome?: undefined }
  | { fault: CloseReason; welcome?: undefined; refused?: undefined };

const refusals: Record<number, string> = {
  1: 'unacceptable protocol version',
  2: 'client id rejected',
  3: 'server unavailable',
  4: 'bad user name or password',
  5: 'not authorised',
  132: 'unsupported protocol version',
  133: 'client id not valid',
  134: 'bad user name or password',
  135: 'not authorised',
  136: 'server unavailable',
  137: 'server busy',
  138: 'banned',
  151: 'quota exceeded',
  156: 'use another server',
  157: 'server moved',
  159: 'connection rate exceeded',
};

/** Bytes of a CONNACK of 3.1.1 (§3.2), which is also what an older broker answers to an MQTT 5 CONNECT. */
const oldConnackBytes = 4;

/** Reads one whole CONNACK (MQTT §3.2). */
export function readWelcome(bytes: Buffer, asked: ProtocolVersion): BrokerAnswer {
  const version = bytes.length === oldConnackBytes ? 4 : asked;
  const { packet, fault } = parseControlPacket(bytes, version);
  if (fault !== undefined) return { fault };
  if (packet.cmd !== 'connack') return { fault: 'protocol-error' };
  const code = (version === 5 ? packet.reasonCode : packet.returnCode) ?? 0;
  if (code !== 0)
    return { refused: isVersion(code) ? 'unsupported-protocol' : 'refused', detail: why(packet, code) };
  return version === asked ? { welcome: toWelcome(packet, version) } : { fault: 'protocol-error' };
}

function isVersion(code: number): boolean {
  return code === 1 || code === 0x84;
}

function why({ properties }: IConnackPacket, code: number): string {
  const told = properties?.reasonString ?? properties?.serverReference;
  return `${refusals[code] ?? 'refused'} (${code})${told === undefined ? '' : `: ${told}`}`;
}

function toWelcome(packet: IConnackPacket, version: ProtocolVersion): BrokerWelcome {
  const { properties = {}, sessionPresent } = packet;
  const { serverKeepAlive, sessionExpiryInterval, maximumQoS, maximumPacketSize } = properties;
  return {
    version,
    sessionPresent,
    keepaliveMs: serverKeepAlive ? serverKeepAlive * 1000 : null,
    sessionExpiryS: sessionExpiryInterval ?? null,
    maximumQos: maximumQoS ?? null,
    maximumPacketSize: maximumPacketSize ?? null,
    wildcards: properties.wildcardSubscriptionAvailable ?? true,
  };
}
