/** A metric to encode; `type` as Sparkplug numbers them, of which the value follows: 11 Boolean, 3 Int32, 10 Double, 12 String. */
export interface EncodedMetric {
  name?: string;
  alias?: number;
  timestamp?: number;
  historical?: boolean;
  value?: boolean | number | string | null;
  type?: number;
}

function varint(value: number | bigint): number[] {
  const bytes: number[] = [];
  for (let rest = BigInt(value); ; rest >>= 7n) {
    if (rest < 0x80n) return [...bytes, Number(rest)];
    bytes.push(Number(rest & 0x7fn) | 0x80);
  }
}

const number = (no: number, value: number | bigint) => [...varint(no << 3), ...varint(value)];
const bytes = (no: number, value: Uint8Array) => [
  ...varint((no << 3) | 2),
  ...varint(value.length),
  ...value,
];

function encodeMetric({ name, alias, timestamp, historical, value, type }: EncodedMetric): Buffer {
  const double = Buffer.alloc(8);
  double.writeDoubleLE(typeof value === 'number' ? value : 0);
  return Buffer.from([
    ...(name === undefined ? [] : bytes(1, Buffer.from(name))),
    ...(alias === undefined ? [] : number(2, alias)),
    ...(timestamp === undefined ? [] : number(3, timestamp)),
    ...(type === undefined ? [] : number(4, type)),
    ...(historical === true ? number(5, 1) : []),
    ...(value === null ? number(7, 1) : []),
    ...(typeof value === 'boolean' ? number(14, value ? 1 : 0) : []),
    ...(typeof value === 'string' ? bytes(15, Buffer.from(value)) : []),
    ...(typeof value !== 'number' ? [] : type === 3 ? number(10, value >>> 0) : [(13 << 3) | 1, ...double]),
  ]);
}

/** A Sparkplug B payload as a node encodes it. */
export function sparkplugBytes(
  seq: number | null,
  metrics: readonly EncodedMetric[],
  timestamp?: number,
): Buffer {
  return Buffer.from([
    ...(timestamp === undefined ? [] : number(1, timestamp)),
    ...metrics.flatMap((metric) => bytes(2, encodeMetric(metric))),
    ...(seq === null ? [] : number(3, seq)),
  ]);
}
