import { randomUUID } from 'node:crypto';
import type { IConnackPacket, IConnectPacket } from 'mqtt-packet';
import { generateControlPacket, type ProtocolVersion, parseControlPacket } from './control-packet.ts';
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
  /** The largest packet that the client takes; Infinity when it does not say. */
  maximumPacketSize: number;
}

export type ConnectOutcome =
  | { request: ConnectRequest }
  | { refused: ConnectRefusal; version: ProtocolVersion }
  | { fault: CloseReason };

/** Reads one whole CONNECT. */
export function readConnect(bytes: Buffer): ConnectOutcome {
  const { packet, fault } = parseControlPacket(bytes, 4);
  if (fault === 'unsupported-protocol') return { refused: fault, version: 4 };
  if (fault !== undefined) return { fault };
  if (packet.cmd !== 'connect') return { fault: 'protocol-error' };
  if (packet.protocolVersion !== 4 && packet.protocolVersion !== 5)
    return { refused: 'unsupported-protocol', version: 4 };
  return readSupportedConnect(packet, packet.protocolVersion);
}

function readSupportedConnect(packet: IConnectPacket, version: ProtocolVersion): ConnectOutcome {
  const { clientId, username = '', password, will, properties = {} } = packet;
  const names = [clientId, username, will?.topic ?? ''];
  if (names.some((name) => /[\0\ufffd]/.test(name))) return { fault: 'malformed-packet' };
  if (version === 4 && password !== undefined && packet.username === undefined)
    return { fault: 'protocol-error' };
  if (properties.authenticationMethod !== undefined) return { refused: 'authentication-method', version };
  if (properties.receiveMaximum === 0 || properties.maximumPacketSize === 0)
    return { fault: 'protocol-error' };
  if (version === 4 && clientId === '' && packet.clean === false)
    return { refused: 'client-id-invalid', version };
  if (will !== undefined && !isSoundWill(will)) return { fault: 'malformed-packet' };
  const request: ConnectRequest = {
    version,
    clientId,
    username,
    password: Buffer.from(password ?? ''),
    keepaliveMs: (packet.keepalive ?? 0) * 1000,
    will: will === undefined ? null : copyWill(will),
    maximumPacketSize: properties.maximumPacketSize ?? Number.POSITIVE_INFINITY,
  };
  return { request };
}

function isSoundWill({ topic, qos = 0 }: NonNullable<IConnectPacket['will']>): boolean {
  return topic !== '' && !/[+#]/.test(topic) && qos <= 2;
}

function copyWill({ topic, payload, qos = 0, retain = false }: NonNullable<IConnectPacket['will']>): Will {
  return { topic, payload: Buffer.from(payload as Buffer), qos: qos as Qos, retain };
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

/** CONNACK (MQTT §3.2). Sessions are not kept: session present is 0, and to a client of MQTT 5 the expiry is 0. */
export function welcome({ version, assignedClientId, receiveMaximum, maximumPacketSize }: Welcome): Buffer {
  if (version === 4)
    return generateControlPacket({ cmd: 'connack', returnCode: 0, sessionPresent: false }, version);
  const properties: IConnackPacket['properties'] = {
    sessionExpiryInterval: 0,
    receiveMaximum,
    maximumPacketSize,
    topicAliasMaximum: 0,
    ...(assignedClientId === null ? {} : { assignedClientIdentifier: assignedClientId }),
  };
  return generateControlPacket({ cmd: 'connack', reasonCode: 0, sessionPresent: false, properties }, version);
}

export function turnAway(refusal: ConnectRefusal, version: ProtocolVersion): Buffer {
  const { v4, v5 } = connackCode[refusal];
  return generateControlPacket(
    { cmd: 'connack', returnCode: v4, reasonCode: v5, sessionPresent: false },
    version,
  );
}
