import { randomUUID } from 'node:crypto';
import type { IConnackPacket } from 'mqtt-packet';
import { generateControlPacket, type ProtocolVersion } from './control-packet.ts';
import { FieldReader } from './field-reader.ts';
import { type Properties, property, readProperties } from './properties.ts';
import type { Qos } from './publish-packet.ts';
import { type CloseReason, type ConnectRefusal, connackCode } from './reason-codes.ts';
import type { Will } from './will.ts';

/** What a CONNECT asks for (MQTT §3.1), checked. */
export interface ConnectRequest {
  version: ProtocolVersion;
  /** Empty: the client leaves the choice to us. */
  clientId: string;
  username: string;
  password: Buffer;
  keepaliveMs: number;
  will: Will | null;
  /** The largest packet that the client takes. */
  maximumPacketSize: number;
}

export type ConnectOutcome =
  | { request: ConnectRequest }
  | { refused: ConnectRefusal; version: ProtocolVersion }
  | { fault: CloseReason };

/** Longest client id that is taken, in bytes; a server may choose, from 23 on (MQTT-3.1.3-5). */
const maxClientIdBytes = 256;

/** Bits of the connect flags (MQTT §3.1.2.2 and on). */
const flag = { reserved: 1, clean: 2, will: 4, willRetain: 32, password: 64, username: 128 } as const;

/** Level that a Mosquitto bridge asks for to be told from a client; else it is 3.1.1. */
const mosquittoBridge = 0x84;

/** Of MQTT: the largest that its length field can tell. */
const largestPacket = 268_435_460;

const none: Properties = new Map();
const noBytes = Buffer.alloc(0);

/**
 * Reads one whole CONNECT, whose fields begin at `body`. By hand: a county that reconnects sends 170,000 of
 * them, and a general parser leaves 10 KB of garbage for each, by which the heap of a station grew 30 MB.
 */
export function readConnect(bytes: Buffer, body: number, end: number): ConnectOutcome {
  const fields = new FieldReader(bytes, body, end);
  const name = fields.text();
  const level = fields.byte();
  if (fields.isBroken) return { fault: 'malformed-packet' };
  const version = level === mosquittoBridge ? 4 : level;
  if (name !== 'MQTT' || (version !== 4 && version !== 5))
    return { refused: 'unsupported-protocol', version: 4 };
  return readSupported(fields, version);
}

function readSupported(fields: FieldReader, version: ProtocolVersion): ConnectOutcome {
  const flags = fields.byte();
  const keepaliveMs = fields.twoBytes() * 1000;
  if (areUnsound(flags)) return { fault: 'malformed-packet' };
  const properties = version === 5 ? readProperties(fields, 'connect') : none;
  if (typeof properties === 'string') return { fault: properties };
  const clientId = fields.text();
  const will = (flags & flag.will) === 0 ? null : readWill(fields, flags, version);
  if (typeof will === 'string') return { fault: will };
  const username = (flags & flag.username) === 0 ? '' : fields.text();
  const password = (flags & flag.password) === 0 ? noBytes : Buffer.from(fields.binary());
  if (fields.isBroken || fields.at !== fields.end) return { fault: 'malformed-packet' };
  if (version === 4 && (flags & (flag.password | flag.username)) === flag.password)
    return { fault: 'protocol-error' };
  if (arePropertiesAtOdds(properties)) return { fault: 'protocol-error' };
  if (properties.has(property.authenticationMethod)) return { refused: 'authentication-method', version };
  if (!mayBeClientId(clientId, (flags & flag.clean) !== 0, version))
    return { refused: 'client-id-invalid', version };
  const maximumPacketSize = properties.get(property.maximumPacketSize) ?? largestPacket;
  return { request: { version, clientId, username, password, keepaliveMs, will, maximumPacketSize } };
}

/** Flags that contradict one another (MQTT-3.1.2-3, -11, -13, -14, -15). */
function areUnsound(flags: number): boolean {
  if ((flags & flag.reserved) !== 0) return true;
  return (flags & flag.will) === 0 ? (flags & 0x38) !== 0 : (flags & 0x18) === 0x18;
}

/** Values that MQTT 5 §3.1.2.11 forbids: none at all may be taken, authentication data without a method. */
function arePropertiesAtOdds(properties: Properties): boolean {
  if (properties.get(property.receiveMaximum) === 0) return true;
  if (properties.get(property.maximumPacketSize) === 0) return true;
  return properties.has(property.authenticationData) && !properties.has(property.authenticationMethod);
}

function mayBeClientId(clientId: string, clean: boolean, version: ProtocolVersion): boolean {
  if (clientId === '') return version === 5 || clean;
  return Buffer.byteLength(clientId) <= maxClientIdBytes;
}

function readWill(fields: FieldReader, flags: number, version: ProtocolVersion): Will | CloseReason {
  if (version === 5) {
    const properties = readProperties(fields, 'will');
    if (typeof properties === 'string') return properties;
  }
  const topic = fields.text();
  const payload = Buffer.from(fields.binary());
  if (fields.isBroken || topic === '' || /[+#]/.test(topic)) return 'malformed-packet';
  return { topic, payload, qos: ((flags >> 3) & 3) as Qos, retain: (flags & flag.willRetain) !== 0 };
}

/** A client id for a client that brought none. */
export function newClientId(): string {
  return `fenghuo-${randomUUID()}`;
}

export interface Welcome {
  version: ProtocolVersion;
  /** When we chose the client id. */
  assignedClientId: string | null;
  receiveMaximum: number;
  maximumPacketSize: number;
}

/** CONNACK to 3.1.1, the same for all. */
const welcome4 = generateControlPacket({ cmd: 'connack', returnCode: 0, sessionPresent: false }, 4);

/** CONNACK (MQTT §3.2). Sessions are not kept: session present is 0, and to a client of MQTT 5 the expiry is 0. */
export function welcome({ version, assignedClientId, receiveMaximum, maximumPacketSize }: Welcome): Buffer {
  if (version === 4) return welcome4;
  if (assignedClientId === null) return welcome5(receiveMaximum, maximumPacketSize);
  const properties: IConnackPacket['properties'] = {
    sessionExpiryInterval: 0,
    receiveMaximum,
    maximumPacketSize,
    topicAliasMaximum: 0,
    assignedClientIdentifier: assignedClientId,
  };
  return generateControlPacket({ cmd: 'connack', reasonCode: 0, sessionPresent: false, properties }, version);
}

/** CONNACK to a client of MQTT 5 with an id of its own. By hand, for the reason that CONNECT is read so. */
function welcome5(receiveMaximum: number, maximumPacketSize: number): Buffer {
  const bytes = Buffer.alloc(21);
  bytes.set([0x20, 19, 0, 0, 16, property.sessionExpiry]);
  bytes[10] = property.receiveMaximum;
  bytes.writeUInt16BE(receiveMaximum, 11);
  bytes[13] = property.maximumPacketSize;
  bytes.writeUInt32BE(maximumPacketSize, 14);
  bytes[18] = property.topicAliasMaximum;
  return bytes;
}

export function turnAway(refusal: ConnectRefusal, version: ProtocolVersion): Buffer {
  const { v4, v5 } = connackCode[refusal];
  return generateControlPacket(
    { cmd: 'connack', returnCode: v4, reasonCode: v5, sessionPresent: false },
    version,
  );
}
