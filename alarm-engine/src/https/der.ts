/** DER (X.690), as much of it as a certificate needs. Pure. */

const tag = {
  integer: 0x02,
  bits: 0x03,
  octets: 0x04,
  oid: 0x06,
  utf8: 0x0c,
  sequence: 0x30,
  set: 0x31,
} as const;

function lengthOf(size: number): Buffer {
  if (size < 0x80) return Buffer.from([size]);
  const digits = Buffer.from(size.toString(16).padStart(size > 0xffff ? 6 : size > 0xff ? 4 : 2, '0'), 'hex');
  return Buffer.concat([Buffer.from([0x80 | digits.length]), digits]);
}

function tagged(number: number, ...parts: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([number]), lengthOf(body.length), body]);
}

export const sequence = (...parts: readonly Uint8Array[]): Buffer => tagged(tag.sequence, ...parts);
export const set = (...parts: readonly Uint8Array[]): Buffer => tagged(tag.set, ...parts);
export const octets = (bytes: Uint8Array): Buffer => tagged(tag.octets, bytes);
export const utf8 = (text: string): Buffer => tagged(tag.utf8, Buffer.from(text));
export const yes: Buffer = Buffer.from([0x01, 0x01, 0xff]);
/** [n] EXPLICIT. */
export const explicit = (n: number, part: Uint8Array): Buffer => tagged(0xa0 | n, part);
/** [n] IMPLICIT of a primitive. */
export const implicit = (n: number, bytes: Uint8Array): Buffer => tagged(0x80 | n, bytes);

/** A number that is not negative, its bytes from the highest. */
export function integer(bytes: Uint8Array): Buffer {
  const first = bytes.findIndex((byte) => byte !== 0);
  const digits = first < 0 ? Buffer.from([0]) : bytes.subarray(first);
  return tagged(tag.integer, Buffer.from(digits[0]! > 0x7f ? [0] : []), digits);
}

/** `unused`: bits of the last byte that do not count. */
export const bits = (bytes: Uint8Array, unused = 0): Buffer => tagged(tag.bits, Buffer.from([unused]), bytes);

export function oid(dotted: string): Buffer {
  const [first = 0, second = 0, ...others] = dotted.split('.').map(Number);
  return tagged(tag.oid, Buffer.from([first * 40 + second, ...others.flatMap(base128)]));
}

function base128(number: number): number[] {
  const digits = [number & 0x7f];
  for (let rest = Math.floor(number / 128); rest > 0; rest = Math.floor(rest / 128))
    digits.unshift((rest & 0x7f) | 0x80);
  return digits;
}

/** RFC 5280 4.1.2.5: UTCTime to 2049, GeneralizedTime from 2050. Milliseconds since 1970. */
export function time(ms: number): Buffer {
  const text = `${new Date(ms).toISOString().replace(/[-:T]/g, '').slice(0, 14)}Z`;
  return text < '2050' ? tagged(0x17, Buffer.from(text.slice(2))) : tagged(0x18, Buffer.from(text));
}
