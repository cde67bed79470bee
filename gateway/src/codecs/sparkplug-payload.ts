/** A metric of Sparkplug B 3.0 (clause 6.4.1), as far as it is used. */
export interface SparkplugMetric {
  name: string | null;
  alias: bigint | null;
  /** ms since 1970. */
  timestamp: number | null;
  isHistorical: boolean;
  /** Null for a null, and for a value of a type that says nothing here (bytes, data sets, templates). */
  value: number | boolean | string | null;
}

export interface SparkplugPayload {
  timestamp: number | null;
  seq: number | null;
  metrics: readonly SparkplugMetric[];
}

/** Thrown within this file only: the bytes are no Protocol Buffers message. */
class Malformed extends Error {}

/** More metrics than any birth has. */
const mostMetrics = 20_000;

/** What stands behind a tag of Protocol Buffers: a number, or bytes. */
type Field =
  | { no: number; number: bigint; bytes?: undefined }
  | { no: number; bytes: Buffer; number?: undefined };

/** Reads a payload, or null when it is none. Fields that nobody knows are passed over. */
export function readSparkplugPayload(bytes: Buffer): SparkplugPayload | null {
  try {
    return readPayload(bytes);
  } catch (error) {
    if (error instanceof Malformed) return null;
    throw error;
  }
}

function readPayload(bytes: Buffer): SparkplugPayload {
  const metrics: SparkplugMetric[] = [];
  let [timestamp, seq]: (number | null)[] = [null, null];
  for (const { no, number, bytes: nested } of fieldsOf(bytes)) {
    if (no === 1 && number !== undefined) timestamp = Number(number);
    else if (no === 3 && number !== undefined) seq = Number(number);
    else if (no === 2 && nested !== undefined) metrics.push(readMetric(nested));
    if (metrics.length > mostMetrics) throw new Malformed('too many metrics');
  }
  return { timestamp: timestamp ?? null, seq: seq ?? null, metrics };
}

function readMetric(bytes: Buffer): SparkplugMetric {
  const metric: SparkplugMetric = {
    name: null,
    alias: null,
    timestamp: null,
    isHistorical: false,
    value: null,
  };
  let isNull = false;
  let type = 0;
  let raw: Field | null = null;
  for (const field of fieldsOf(bytes)) {
    const { no, number, bytes: text } = field;
    if (no === 1 && text !== undefined) metric.name = text.toString('utf8');
    else if (no === 2 && number !== undefined) metric.alias = number;
    else if (no === 3 && number !== undefined) metric.timestamp = Number(number);
    else if (no === 4 && number !== undefined) type = Number(number);
    else if (no === 5) metric.isHistorical = number !== 0n;
    else if (no === 7) isNull = number !== 0n;
    else if (no >= 10 && no <= 15) raw = field;
  }
  if (!isNull && raw !== null) metric.value = readValue(raw, type);
  return metric;
}

/** Signed types by number, and their bits: Int8, Int16, Int32, Int64 (clause 6.4.16). */
const signedBits: Readonly<Record<number, number>> = { 1: 8, 2: 16, 3: 32, 4: 64 };

function readValue({ no, number, bytes }: Field, type: number): number | boolean | string | null {
  if (bytes !== undefined) return no === 15 ? bytes.toString('utf8') : null;
  switch (no) {
    case 10:
    case 11: {
      const bits = signedBits[type];
      return Number(bits === undefined ? number : BigInt.asIntN(bits, number));
    }
    case 12:
      return floatOf(number, 4);
    case 13:
      return floatOf(number, 8);
    case 14:
      return number !== 0n;
    default:
      return null;
  }
}

function floatOf(bits: bigint, length: 4 | 8): number | null {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(bits);
  const value = length === 4 ? bytes.readFloatLE() : bytes.readDoubleLE();
  return Number.isFinite(value) ? value : null;
}

/** The wire format of Protocol Buffers; groups, which version 2 gave up, are malformed. */
function* fieldsOf(bytes: Buffer): Generator<Field> {
  for (let at = 0; at < bytes.length; ) {
    const tag = readVarint(bytes, at);
    const no = Number(tag.value >> 3n);
    const wire = Number(tag.value & 7n);
    at = tag.end;
    if (no === 0) throw new Malformed('field 0');
    if (wire === 0) {
      const { value, end } = readVarint(bytes, at);
      yield { no, number: value };
      at = end;
    } else if (wire === 1 || wire === 5) {
      const end = at + (wire === 1 ? 8 : 4);
      if (end > bytes.length) throw new Malformed('cut off');
      yield { no, number: wire === 1 ? bytes.readBigUInt64LE(at) : BigInt(bytes.readUInt32LE(at)) };
      at = end;
    } else if (wire === 2) {
      const { value, end } = readVarint(bytes, at);
      if (value > BigInt(bytes.length - end)) throw new Malformed('cut off');
      at = end + Number(value);
      yield { no, bytes: bytes.subarray(end, at) };
    } else throw new Malformed(`wire type ${wire}`);
  }
}

function readVarint(bytes: Buffer, start: number): { value: bigint; end: number } {
  let value = 0n;
  for (let i = 0; i < 10; i++) {
    const byte = bytes[start + i];
    if (byte === undefined) throw new Malformed('cut off');
    value |= BigInt(byte & 0x7f) << BigInt(7 * i);
    if (byte < 0x80) return { value: BigInt.asUintN(64, value), end: start + i + 1 };
  }
  throw new Malformed('a number without an end');
}
