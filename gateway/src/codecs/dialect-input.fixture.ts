import fc from 'fast-check';
import { expect } from 'vitest';
import { readTopic } from '../read-topic.ts';
import { expectStorable } from './carrier-input.fixture.ts';
import type { Decoded } from './codec.ts';
import type { Dialect } from './dialect.ts';
import { type ForeignMemory, foreignCodec, lapsed } from './foreign-codec.ts';
import { ForeignStates } from './foreign-states.ts';
import { Lapses } from './lapses.ts';

export const now = Date.parse('2026-11-24T08:00:00Z');

export interface Circumstances {
  receivedAt?: number;
  retained?: boolean;
  /** The writer does not store it. */
  lost?: boolean;
}

/** A dialect as the intake meets it. What it decodes is stored at once, unless it is lost. */
export class Listening {
  readonly #codec;
  readonly #memory: ForeignMemory;

  constructor(dialect: Dialect, identities: Readonly<Record<string, string>> = {}) {
    const deviceOf = (name: string, entity: string) => identities[`${name} ${entity}`] ?? null;
    this.#memory = { identities: { deviceOf }, states: new ForeignStates(), lapses: new Lapses() };
    this.#codec = foreignCodec(dialect, this.#memory);
  }

  hears(topic: string): boolean {
    return this.#codec.matches(readTopic(topic));
  }

  decode(topic: string, payload: string | Uint8Array | object, how: Circumstances = {}): Decoded {
    const { receivedAt = now, retained = false, lost = false } = how;
    const bytes =
      typeof payload === 'string' || payload instanceof Uint8Array ? payload : JSON.stringify(payload);
    const decoded = this.#codec.decode(
      {
        topic: readTopic(topic),
        payload: Buffer.from(bytes as Uint8Array),
        receivedAt,
        retained,
        delayed: false,
        source: 'mqtt-endpoint',
      },
      () => false,
    );
    if (!lost) decoded.stored?.();
    return decoded;
  }

  /** What it says, a line each: device, kind, state, value with unit, and `retained` or `late` where it is so. */
  said(topic: string, payload: string | Uint8Array | object, how: Circumstances = {}): string[] {
    return lines(this.decode(topic, payload, how));
  }

  /** What has ended by itself by then, and is stored. */
  lapsed(at: number): string[] {
    return lapsed(this.#memory, at).flatMap((decoded) => {
      decoded.stored?.();
      return lines(decoded);
    });
  }
}

function lines({ events, refusal }: Decoded): string[] {
  if (refusal !== undefined) return [`refused: ${refusal.reason}`];
  return events.map((event) => {
    const value = event.value === null ? [] : [`${event.value}${event.unit ?? ''}`];
    const marks = (['retained', 'late', 'skewed'] as const).filter((mark) => event[mark]);
    return [event.deviceId, event.kind, event.state, ...value, ...marks].join(' ');
  });
}

/** Random bytes, random JSON, and samples with bytes replaced or cut off, or a member of their JSON replaced. */
function hostilePayloads(samples: readonly (string | Uint8Array)[]): fc.Arbitrary<Uint8Array> {
  const sample = fc.constantFrom(...samples).map((one) => Buffer.from(one as Uint8Array));
  return fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    fc.json().map((text) => Buffer.from(text)),
    fc.tuple(sample, fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 4 })).map(([bytes, faults]) => {
      for (const [at, byte] of faults) if (bytes.length > 0) bytes[at % bytes.length] = byte;
      return bytes;
    }),
    fc.tuple(sample, fc.nat()).map(([bytes, at]) => bytes.subarray(0, at % (bytes.length + 1))),
    fc.tuple(sample, fc.nat(), fc.jsonValue()).map(([bytes, at, value]) => withMember(bytes, at, value)),
  );
}

function withMember(bytes: Buffer, at: number, value: unknown): Buffer {
  try {
    const json = JSON.parse(bytes.toString());
    const inner = typeof json.after === 'object' ? json.after : json;
    const keys = Object.keys(inner);
    inner[keys[at % keys.length] ?? 'x'] = value;
    return Buffer.from(JSON.stringify(json));
  } catch {
    return bytes;
  }
}

/** Whatever comes on its topics, in any order, is understood or refused by name, and can be stored. */
export function survives(
  makeDialect: () => Dialect,
  topics: readonly string[],
  samples: readonly (string | Uint8Array)[],
): void {
  const message = fc.tuple(fc.constantFrom(...topics), hostilePayloads(samples), fc.boolean());
  fc.assert(
    fc.property(fc.array(message, { minLength: 1, maxLength: 6 }), (messages) => {
      const listening = new Listening(makeDialect());
      for (const [topic, payload, retained] of messages) {
        const decoded = listening.decode(topic, payload, { retained });
        expectStorable(decoded);
        expect(decoded.heard?.every((id) => /^[\p{L}\p{N}._:-]{1,64}$/u.test(id)) ?? true).toBe(true);
      }
    }),
    { numRuns: 500 },
  );
}
