import { isUtf8 } from 'node:buffer';
import type { ProtocolVersion } from './control-packet.ts';
import { FieldReader } from './field-reader.ts';
import type { PacketReader } from './packet-reader.ts';
import { property, readProperties as readPropertiesOf } from './properties.ts';
import type { CloseReason } from './reason-codes.ts';

export type Qos = 0 | 1 | 2;

/** A PUBLISH (MQTT §3.3) as it lies in the reader: offsets instead of copies. One is reused for all. */
export interface PublishView {
  qos: Qos;
  duplicate: boolean;
  retain: boolean;
  /** 0 with QoS 0. */
  packetId: number;
  topicStart: number;
  topicEnd: number;
  payloadStart: number;
}

export function newPublishView(): PublishView {
  return {
    qos: 0,
    duplicate: false,
    retain: false,
    packetId: 0,
    topicStart: 0,
    topicEnd: 0,
    payloadStart: 0,
  };
}

/**
 * Reads the packet at hand, which is a PUBLISH, into `view`; a reason when it breaks the protocol. By hand,
 * since this is the packet that comes 100,000 times a second: 40 ns, where a general parser takes 1 to 2 µs.
 */
export function readPublish(
  reader: PacketReader,
  version: ProtocolVersion,
  view: PublishView,
): CloseReason | null {
  const { bytes, start, body, end } = reader;
  const flags = bytes[start]! & 15;
  const qos = (flags >> 1) & 3;
  if (qos === 3) return 'malformed-packet';
  view.qos = qos as Qos;
  view.duplicate = (flags & 8) !== 0;
  view.retain = (flags & 1) !== 0;
  if (view.duplicate && qos === 0) return 'malformed-packet';
  if (end - body < 2) return 'malformed-packet';
  view.topicStart = body + 2;
  view.topicEnd = view.topicStart + bytes.readUInt16BE(body);
  const idEnd = view.topicEnd + (qos === 0 ? 0 : 2);
  if (idEnd > end) return 'malformed-packet';
  view.packetId = qos === 0 ? 0 : bytes.readUInt16BE(view.topicEnd);
  if (qos !== 0 && view.packetId === 0) return 'malformed-packet';
  view.payloadStart = idEnd;
  if (version === 5) return readProperties(reader, idEnd, view);
  return view.topicEnd === view.topicStart ? 'topic-name-invalid' : null;
}

/** MQTT 5 §3.3.2.3. Topic aliases were not offered (topic alias maximum 0), so any alias is a fault. */
function readProperties(reader: PacketReader, at: number, view: PublishView): CloseReason | null {
  const { bytes, end } = reader;
  const isNameless = view.topicEnd === view.topicStart;
  if (at < end && bytes[at] === 0) {
    view.payloadStart = at + 1;
    return isNameless ? 'protocol-error' : null;
  }
  if (reader.isCut) return readCut(reader, at, view);
  const fields = new FieldReader(bytes, at, end);
  const properties = readPropertiesOf(fields, 'publish');
  if (typeof properties === 'string') return properties;
  if (properties.has(property.topicAlias)) return 'topic-alias-invalid';
  view.payloadStart = fields.at;
  return isNameless ? 'protocol-error' : null;
}

/** Of a packet that was cut the properties may lack their end; they are skipped instead of read. */
function readCut({ bytes, end }: PacketReader, at: number, view: PublishView): CloseReason | null {
  view.payloadStart = Math.min(endOfProperties(bytes, at), end);
  if (view.topicEnd === view.topicStart) return 'protocol-error';
  return view.payloadStart < at ? 'malformed-packet' : null;
}

/** Where properties that begin at `at` say that they end; −1 when they do not say. */
function endOfProperties(bytes: Buffer, at: number): number {
  let length = 0;
  let scale = 1;
  for (let digitAt = at; digitAt < at + 4; digitAt++) {
    const digit = bytes[digitAt] ?? 0;
    length += (digit & 127) * scale;
    if (digit < 128) return digitAt + 1 + length;
    scale *= 128;
  }
  return -1;
}

/**
 * The topic name, or null when it is none: UTF-8 without NUL (MQTT §1.5.4) and without wildcards (§3.3.2.1).
 */
export function readTopicName(bytes: Buffer, start: number, end: number): string | null {
  const name = bytes.toString('utf8', start, end);
  if (name.includes('\ufffd') && !isUtf8(bytes.subarray(start, end))) return null;
  return /[\0+#]/.test(name) ? null : name;
}
