import { type CarrierDialect, carrierTopic } from '@fenghuo/contracts/carrier.ts';
import fc from 'fast-check';
import { expect } from 'vitest';
import { refusalReasons } from '../device-event.ts';
import { readTopic } from '../read-topic.ts';
import type { Codec, Decoded } from './codec.ts';

/** A carrier's codec as a source meets it. Registered are the devices of `registered`. */
export function decoderOf(codec: Codec, dialect: CarrierDialect, registered: readonly string[] = []) {
  return (payload: string | Uint8Array, receivedAt: number): Decoded =>
    codec.decode(
      {
        topic: readTopic(carrierTopic(dialect, 'source-1')),
        payload: Buffer.from(payload as Uint8Array),
        receivedAt,
        retained: false,
        delayed: false,
        source: 'http-push',
      },
      (id) => registered.includes(id),
    );
}

/** Random bytes, random JSON, and the samples with a member or a byte replaced. */
export function hostileBytes(samples: readonly string[]): fc.Arbitrary<Uint8Array> {
  const sample = fc.constantFrom(...samples);
  return fc.oneof(
    fc.uint8Array({ maxLength: 200 }),
    fc.json().map((text) => Buffer.from(text)),
    fc.tuple(sample, fc.nat(), fc.nat(255)).map(([text, at, byte]) => {
      const bytes = Buffer.from(text);
      bytes[at % bytes.length] = byte;
      return bytes;
    }),
    fc.tuple(sample, fc.nat(), fc.jsonValue()).map(([text, at, value]) => {
      const json = JSON.parse(text);
      const keys = Object.keys(json);
      return Buffer.from(JSON.stringify({ ...json, [keys[at % keys.length]!]: value }));
    }),
  );
}

/** What must hold whatever came: events that can be stored, or a named refusal that can. */
export function expectStorable({ events, refusal }: Decoded): void {
  if (refusal !== undefined) {
    expect(refusalReasons).toContain(refusal.reason);
    expect(refusal.detail).toMatch(/^\P{Cc}{1,200}$/u);
    expect(refusal.detail.isWellFormed()).toBe(true);
    return;
  }
  for (const event of events) {
    expect(event.deviceId).toMatch(/^[\p{L}\p{N}._:-]{1,64}$/u);
    expect(Number.isSafeInteger(event.at)).toBe(true);
    expect(JSON.stringify(event.attrs)).not.toMatch(/\\u0000|\\ud[89ab]/);
  }
}
