import type { AuthenticationRefusal } from '../../admission/principals.ts';

/** Why a connection ended; the label of the metric. */
export const closeReasons = [
  'disconnected',
  'connection-lost',
  'taken-over',
  'keepalive-timeout',
  'connect-timeout',
  'packet-timeout',
  'crowded-out',
  'connect-refused',
  'handshake-failed',
  'malformed-packet',
  'protocol-error',
  'unsupported-protocol',
  'packet-too-large',
  'receive-maximum-exceeded',
  'topic-alias-invalid',
  'topic-name-invalid',
  'quota-exceeded',
  'not-authorised',
  'output-not-read',
  'administrative',
  'internal-error',
  'shutting-down',
] as const;
export type CloseReason = (typeof closeReasons)[number];

/** DISCONNECT reason code (MQTT 5 §3.14.2.1) that tells a client why; null: the connection just ends. */
export const disconnectCode: Record<CloseReason, number | null> = {
  disconnected: null,
  'connection-lost': null,
  'taken-over': 0x8e,
  'keepalive-timeout': 0x8d,
  'connect-timeout': null,
  'crowded-out': null,
  'packet-timeout': 0x83,
  'connect-refused': null,
  'handshake-failed': null,
  'malformed-packet': 0x81,
  'protocol-error': 0x82,
  'unsupported-protocol': null,
  'packet-too-large': 0x95,
  'receive-maximum-exceeded': 0x93,
  'topic-alias-invalid': 0x94,
  'topic-name-invalid': 0x90,
  'quota-exceeded': 0x97,
  'not-authorised': 0x87,
  'output-not-read': null,
  administrative: 0x98,
  'internal-error': 0x80,
  'shutting-down': 0x8b,
};

/** Why a CONNECT is refused, beside what the directory says. */
export type ConnectRefusal =
  | AuthenticationRefusal
  | 'unsupported-protocol'
  | 'client-id-invalid'
  | 'authentication-method'
  | 'too-many-failures';

/** CONNACK codes: MQTT 3.1.1 §3.2.2.3 and MQTT 5 §3.2.2.2. */
export const connackCode: Record<ConnectRefusal, { v4: number; v5: number }> = {
  'unknown-principal': { v4: 4, v5: 0x86 },
  'wrong-secret': { v4: 4, v5: 0x86 },
  revoked: { v4: 5, v5: 0x87 },
  'client-id-mismatch': { v4: 2, v5: 0x85 },
  'client-id-invalid': { v4: 2, v5: 0x85 },
  unavailable: { v4: 3, v5: 0x88 },
  'unsupported-protocol': { v4: 1, v5: 0x84 },
  'authentication-method': { v4: 5, v5: 0x8c },
  'too-many-failures': { v4: 3, v5: 0x9f },
};

/** Codes of PUBACK, PUBREC, PUBCOMP, SUBACK and UNSUBACK that the endpoint uses. */
export const code = {
  success: 0x00,
  noSubscriptionExisted: 0x11,
  failure: 0x80,
  notAuthorised: 0x87,
  packetIdNotFound: 0x92,
  sharedNotSupported: 0x9e,
  wildcardNotSupported: 0xa2,
} as const;
