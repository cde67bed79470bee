import type { FieldReader } from './field-reader.ts';
import type { CloseReason } from './reason-codes.ts';

/** Identifiers of properties that mean something to the endpoint (MQTT 5 §2.2.2.2). */
export const property = {
  subscriptionIdentifier: 0x0b,
  sessionExpiry: 0x11,
  authenticationMethod: 0x15,
  authenticationData: 0x16,
  receiveMaximum: 0x21,
  topicAliasMaximum: 0x22,
  topicAlias: 0x23,
  maximumPacketSize: 0x27,
} as const;

/** Packets with properties that a client may send; a will has its own. */
type Carrier = 'connect' | 'will' | 'publish' | 'pubrel' | 'subscribe' | 'unsubscribe' | 'disconnect';
type Shape = 'flag' | 'two-bytes' | 'four-bytes' | 'variable' | 'text' | 'topic' | 'binary' | 'pair';

const message: readonly Carrier[] = ['publish', 'will'];
const userProperty = 0x26;

/** Which property has which shape, and where it may stand (MQTT 5 table 2-4). */
const shapes = new Map<number, { shape: Shape; of: readonly Carrier[] }>([
  [0x01, { shape: 'flag', of: message }],
  [0x02, { shape: 'four-bytes', of: message }],
  [0x03, { shape: 'text', of: message }],
  [0x08, { shape: 'topic', of: message }],
  [0x09, { shape: 'binary', of: message }],
  [property.subscriptionIdentifier, { shape: 'variable', of: ['subscribe'] }],
  [property.sessionExpiry, { shape: 'four-bytes', of: ['connect', 'disconnect'] }],
  [property.authenticationMethod, { shape: 'text', of: ['connect'] }],
  [property.authenticationData, { shape: 'binary', of: ['connect'] }],
  [0x17, { shape: 'flag', of: ['connect'] }],
  [0x18, { shape: 'four-bytes', of: ['will'] }],
  [0x19, { shape: 'flag', of: ['connect'] }],
  [0x1f, { shape: 'text', of: ['pubrel', 'disconnect'] }],
  [property.receiveMaximum, { shape: 'two-bytes', of: ['connect'] }],
  [property.topicAliasMaximum, { shape: 'two-bytes', of: ['connect'] }],
  [property.topicAlias, { shape: 'two-bytes', of: ['publish'] }],
  [
    userProperty,
    { shape: 'pair', of: ['connect', 'pubrel', 'subscribe', 'unsubscribe', 'disconnect', ...message] },
  ],
  [property.maximumPacketSize, { shape: 'four-bytes', of: ['connect'] }],
]);

/** Numbers by identifier; of a text or binary property only that it is there, as 0. */
export type Properties = ReadonlyMap<number, number>;

const none: Properties = new Map();

/**
 * Reads the properties of a packet (MQTT 5 §2.2.2): each in its place, in its shape, and, but for user
 * properties, once. Most packets have none and cost nothing here.
 */
export function readProperties(fields: FieldReader, of: Carrier): Properties | CloseReason {
  const length = fields.variable();
  if (fields.isBroken || fields.at + length > fields.end) return 'malformed-packet';
  if (length === 0) return none;
  const end = fields.at + length;
  const found = new Map<number, number>();
  while (fields.at < end) {
    const id = fields.variable();
    const known = shapes.get(id);
    if (known === undefined) return 'malformed-packet';
    if (!known.of.includes(of) || (found.has(id) && id !== userProperty)) return 'protocol-error';
    const value = readValue(fields, known.shape);
    if (known.shape === 'flag' && value > 1) return 'protocol-error';
    found.set(id, value);
  }
  return fields.isBroken || fields.at !== end ? 'malformed-packet' : found;
}

function readValue(fields: FieldReader, shape: Shape): number {
  switch (shape) {
    case 'flag':
      return fields.byte();
    case 'two-bytes':
      return fields.twoBytes();
    case 'four-bytes':
      return fields.fourBytes();
    case 'variable':
      return fields.variable();
    case 'binary':
      fields.binary();
      return 0;
    case 'pair':
      fields.skipText();
      fields.skipText();
      return 0;
    case 'text':
      fields.skipText();
      return 0;
    case 'topic':
      if (/[+#]/.test(fields.text())) fields.isBroken = true;
      return 0;
  }
}
