import { deviceMessage } from '@fenghuo/contracts/device-message.ts';
import { reportedKinds, reportedStates } from '@fenghuo/contracts/words.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { DeviceEvent } from '../device-event.ts';
import { refusalReasons, withoutTime } from '../device-event.ts';
import { readTopic } from '../read-topic.ts';
import { nativeCodec } from './native-codec.ts';
import { everydayMessage } from './native-message.ts';

const topic = 'fenghuo/v1/331081/smoke-1/event';
const now = Date.parse('2026-08-01T12:00:00Z');

const decodeBytes = (
  payload: Uint8Array,
  more: { delayed?: boolean; retained?: boolean; receivedAt?: number } = {},
) =>
  nativeCodec.decode(
    {
      topic: readTopic(topic),
      payload: Buffer.from(payload),
      receivedAt: more.receivedAt ?? now,
      retained: more.retained ?? false,
      delayed: more.delayed ?? false,
      source: 'test',
    },
    () => true,
  );
const decode = (json: unknown, more = {}) => decodeBytes(Buffer.from(JSON.stringify(json)), more);
const eventOf = (json: unknown, more = {}): DeviceEvent => decode(json, more).events![0]!;
const textEvent = (text: string): DeviceEvent => decodeBytes(Buffer.from(text)).events![0]!;

test('a whole message becomes a whole event', () => {
  const ts = '2026-08-01T19:59:58.250+08:00';
  const message = {
    id: 'a1',
    ts,
    kind: 'smoke',
    value: 4.5,
    unit: '%/m',
    state: 'normal',
    attrs: { rssi: -60 },
  };
  expect(eventOf(message)).toEqual({
    deviceId: 'smoke-1',
    run: null,
    at: Date.parse(ts),
    hasDeviceTime: true,
    ident: expect.any(BigInt),
    kind: 'smoke',
    state: 'normal',
    value: 4.5,
    unit: '%/m',
    attrs: { rssi: -60 },
    receivedAt: now,
    late: false,
    delayed: false,
    skewed: false,
    retained: false,
    source: 'test',
  });
});

test('a bare message takes the time of receipt and leaves the rest empty', () => {
  const event = eventOf({ kind: 'smoke' });
  expect(event).toMatchObject({
    at: now,
    hasDeviceTime: false,
    state: 'alarm',
    value: null,
    unit: null,
    attrs: null,
  });
  expect(event).toMatchObject({ late: false, skewed: false });
});

test('with an id and no time, a redelivery later is the same event', () => {
  const first = eventOf({ kind: 'smoke', id: 'a1' });
  expect(first).toMatchObject({ at: withoutTime, hasDeviceTime: false, late: false, skewed: false });
});

test('a dead clock: the first alarm after each boot is a new event, its redelivery within minutes is not', () => {
  const boot = { kind: 'smoke', seq: 1, ts: '2000-01-01T00:00:07Z' };
  const at = (receivedAt: number) => eventOf(boot, { receivedAt }).ident;
  const first = Math.ceil(now / 600_000) * 600_000;
  expect(at(first + 60_000)).toBe(at(first));
  expect(at(first + 86_400_000)).not.toBe(at(first));
});

test.each([
  ['smoke', 'alarm'],
  ['camera.crowd', 'alarm'],
  ['manual', 'alarm'],
  ['restore', 'normal'],
  ['report', 'alarm'],
  ['test', 'test'],
  ['fault', 'fault'],
  ['tamper', 'fault'],
  ['battery', 'fault'],
])('kind %s without a state means %s', (kind, state) => {
  expect(eventOf({ kind }).state).toBe(state);
});

test.each([
  ['nothing', '', 'not-json', ''],
  ['text', 'fire!', 'not-json', ''],
  ['cut JSON', '{"kind":"smoke"', 'not-json', ''],
  ['a byte order mark', '\ufeff{"kind":"smoke"}', 'not-json', ''],
  ['a raw NUL', '{"kind":"smoke","unit":"\0"}', 'not-json', ''],
  ['a list', '[{"kind":"smoke"}]', 'schema', '(message): '],
  ['null', 'null', 'schema', '(message): '],
  ['no kind', '{"value":1}', 'schema', 'kind: '],
  ['an unknown kind', '{"kind":"dragon"}', 'schema', 'kind: '],
  ['a value that is text', '{"kind":"heat","value":"60"}', 'schema', 'value: '],
  ['a value beyond numbers', '{"kind":"heat","value":1e999}', 'schema', 'value: '],
  ['a negative seq', '{"kind":"heat","seq":-1}', 'schema', 'seq: '],
  ['an empty id', '{"kind":"heat","id":""}', 'schema', 'id: '],
  ['a long id', `{"kind":"heat","id":"${'x'.repeat(129)}"}`, 'schema', 'id: '],
  ['a long unit', `{"kind":"heat","unit":"${'x'.repeat(33)}"}`, 'schema', 'unit: '],
  ['infinity inside attrs', '{"kind":"heat","attrs":{"a":[1e999]}}', 'schema', 'attrs.a'],
  [
    'depth 33',
    `{"kind":"heat","attrs":${'{"a":'.repeat(32)}1${'}'.repeat(33)}`,
    'schema',
    '(message): nested',
  ],
  [
    'depth 20,000',
    `{"kind":"heat","attrs":${'['.repeat(20_000)}${']'.repeat(20_000)}}`,
    'schema',
    '(message): nested',
  ],
  ['NUL in a text', '{"kind":"heat","id":"a\\u0000b"}', 'nul-or-surrogate', ''],
  ['NUL in a key', '{"kind":"heat","attrs":{"\\u0000":1}}', 'nul-or-surrogate', ''],
  ['half a surrogate pair', '{"kind":"heat","attrs":{"a":["\\ud83d"]}}', 'nul-or-surrogate', ''],
  ['half a pair in an ignored field', '{"kind":"heat","x":"\\udd25"}', 'nul-or-surrogate', ''],
  ['a time without offset', '{"kind":"heat","ts":"2026-08-01T12:00:00"}', 'bad-time', 'ts: '],
  ['29 February of a common year', '{"kind":"heat","ts":"2026-02-29T12:00:00Z"}', 'bad-time', 'ts: '],
  ['a time in words', '{"kind":"heat","ts":"now"}', 'bad-time', 'ts: '],
  ['a time after the year 9999', '{"kind":"heat","ts":1e15}', 'bad-time', 'ts: '],
  ['a time before the year 1', '{"kind":"heat","ts":"0001-01-01T00:00:00+08:00"}', 'bad-time', 'ts: '],
])('%s is refused as named', (_, text, reason, detail) => {
  const { refusal, events } = decodeBytes(Buffer.from(text));
  expect(events).toBeUndefined();
  expect(refusal?.reason).toBe(reason);
  expect(refusal?.detail.startsWith(detail), refusal?.detail).toBe(true);
});

test('what is wrong is told in Chinese and English, whole, also of the longest list of what there is', () => {
  const { refusal } = decodeBytes(Buffer.from('{"kind":"dragon"}'));
  expect(refusal?.detail).toMatch(
    /^kind: \p{sc=Han}.+ \/ Invalid option: expected one of ("[a-z.]+"\|)+"[a-z.]+"$/u,
  );
});

test('broken UTF-8 is refused; a replacement character that was sent as such is not', () => {
  expect(decodeBytes(Uint8Array.from([0x7b, 0xff, 0x7d])).refusal?.reason).toBe('not-utf8');
  expect(eventOf({ kind: 'report', attrs: { note: '\ufffd' } }).attrs).toEqual({ note: '\ufffd' });
});

test('escapes that spell good text pass', () => {
  expect(textEvent('{"kind":"report","unit":"\\u00b0C","attrs":{"a":"\\ud83d\\udd25"}}')).toMatchObject({
    unit: '°C',
    attrs: { a: '🔥' },
  });
});

test('a dead clock in UTC+8 says 1969: kept, and doubted', () => {
  expect(eventOf({ kind: 'smoke', ts: '1970-01-01T00:00:00+08:00' })).toMatchObject({
    at: -28_800_000,
    skewed: true,
  });
});

test.each([
  ['4:59 behind', -299_000, {}, { late: false, skewed: false }],
  ['5:01 behind', -301_000, {}, { late: false, skewed: true }],
  ['5:01 ahead', 301_000, {}, { late: false, skewed: true }],
  ['an hour behind, sent again', -3_600_000, { delayed: true }, { late: true, skewed: false }],
  ['an hour ahead, sent again', 3_600_000, { delayed: true }, { late: false, skewed: true }],
  ['31 days behind, sent again', -31 * 86_400_000, { delayed: true }, { late: false, skewed: true }],
])('a clock %s', (_, off, transport, expected) => {
  expect(eventOf({ kind: 'smoke', ts: now + off }, transport)).toMatchObject({ ...expected, at: now + off });
});

test('an event of a spool is late, not skewed', () => {
  const message = { kind: 'smoke', ts: now - 3_600_000, attrs: { spooled: true } };
  expect(eventOf(message)).toMatchObject({ late: true, skewed: false });
});

test('identity: by id, else by seq, else by content', () => {
  const ident = (json: unknown) => eventOf(json).ident;
  expect(ident({ kind: 'smoke', id: 'a', value: 1 })).toBe(ident({ kind: 'smoke', id: 'a', value: 2 }));
  expect(ident({ kind: 'smoke', seq: 7, value: 1 })).toBe(ident({ kind: 'heat', seq: 7 }));
  expect(ident({ kind: 'smoke', seq: 7 })).not.toBe(ident({ kind: 'smoke', id: '7' }));
  expect(ident({ kind: 'smoke', value: 1 })).not.toBe(ident({ kind: 'smoke', value: 2 }));
  expect(ident({ kind: 'smoke', own: 1 })).not.toBe(ident({ kind: 'smoke', own: 2 }));
});

test('identity: neither order, nor whitespace, nor the notation of the time matter', () => {
  const once = textEvent(
    '{"ts":"2026-08-01T20:00:00+08:00","kind":"smoke","attrs":{"a":1,"b":[2,{"c":3,"d":4}]}}',
  );
  const again = textEvent(
    ' { "attrs" : {"b":[2,{"d":4.0,"c":3}],"a":1}, "kind":"smoke", "ts":"2026-08-01T12:00:00.000Z" } ',
  );
  expect(again.ident).toBe(once.ident);
  expect(again.at).toBe(once.at);
  expect(textEvent('{"kind":"smoke","attrs":{"b":[{"d":4,"c":3},2],"a":1}}').ident).not.toBe(once.ident);
});

test('identity: two messages of one millisecond are two when their times differ below it', () => {
  const ident = (fraction: string) =>
    textEvent(`{"kind":"current","ts":"2026-08-01T12:00:00.${fraction}Z"}`).ident;
  expect(ident('000001')).not.toBe(ident('000002'));
  expect(ident('000100')).toBe(ident('0001'));
});

const soundMessage = fc.record(
  {
    id: fc.string({ minLength: 1, maxLength: 20 }),
    seq: fc.nat(),
    ts: fc.integer({ min: 0, max: 4e12 }).chain((ms) => fc.constantFrom(ms, new Date(ms).toISOString())),
    kind: fc.constantFrom(...reportedKinds),
    value: fc.double({ noNaN: true, noDefaultInfinity: true }),
    unit: fc.string({ maxLength: 8 }),
    state: fc.constantFrom(...reportedStates),
    attrs: fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null))),
  },
  { requiredKeys: ['kind'] },
);

const anyMessage = fc.record(
  {
    id: fc.string({ maxLength: 140 }),
    seq: fc.oneof(fc.nat(), fc.double()),
    ts: fc.oneof(
      fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
      fc
        .date({ noInvalidDate: true, min: new Date(0), max: new Date('2100-01-01') })
        .map((date) => `${date.toISOString().slice(0, 19)}+08:00`),
      fc.integer(),
      fc.double(),
      fc.string(),
    ),
    kind: fc.oneof(fc.constantFrom(...reportedKinds), fc.string()),
    value: fc.oneof(fc.double(), fc.jsonValue()),
    unit: fc.string({ maxLength: 40 }),
    state: fc.oneof(fc.constantFrom(...reportedStates), fc.string()),
    attrs: fc.oneof(fc.dictionary(fc.string(), fc.jsonValue()), fc.jsonValue()),
    more: fc.jsonValue(),
  },
  { requiredKeys: [] },
);

test('property: the quick path says what the schema says, or nothing', () => {
  let taken = 0;
  const check = (message: unknown) => {
    const json: unknown = JSON.parse(JSON.stringify(message));
    const quick = everydayMessage(json);
    if (quick === null) return;
    taken++;
    const { ts } = quick.message;
    expect(deviceMessage.parse(json)).toEqual(quick.message);
    expect(quick.ms).toBe(ts === undefined ? null : new Date(ts).getTime());
  };
  fc.assert(fc.property(fc.oneof(soundMessage, anyMessage), check), { numRuns: 1_000 });
  expect(taken).toBeGreaterThan(200);
});

test('property: whatever bytes come, there is an event or a named refusal that can be stored', () => {
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 200 }),
    fc.json().map((text) => Buffer.from(text)),
    anyMessage.map((message) => Buffer.from(JSON.stringify(message))),
    fc.tuple(soundMessage, fc.nat(), fc.nat(255)).map(([message, at, byte]) => {
      const buffer = Buffer.from(JSON.stringify(message));
      buffer[at % buffer.length] = byte;
      return buffer;
    }),
  );
  fc.assert(
    fc.property(bytes, (payload) => {
      const { events, refusal } = decodeBytes(payload);
      if (refusal !== undefined) {
        expect(refusalReasons).toContain(refusal.reason);
        expect(refusal.detail).toMatch(/^\P{Cc}{1,400}$/u);
        expect(refusal.detail.isWellFormed()).toBe(true);
        return;
      }
      expect(events).toHaveLength(1);
      expect(Number.isSafeInteger(events[0]!.at)).toBe(true);
      expect(JSON.stringify(events[0]!.attrs)).not.toMatch(/\\u0000|\\ud[89ab]/);
    }),
    { numRuns: 1_000 },
  );
});

const shuffled = (json: unknown): unknown => {
  if (Array.isArray(json)) return json.map(shuffled);
  if (typeof json !== 'object' || json === null) return json;
  return Object.fromEntries(
    Object.entries(json)
      .reverse()
      .map(([key, member]) => [key, shuffled(member)]),
  );
};

test('property: identity does not depend on key order and zone', () => {
  fc.assert(
    fc.property(
      fc.dictionary(fc.string({ maxLength: 5 }), fc.jsonValue({ maxDepth: 3 })),
      fc.integer({ min: 0, max: 4e12 }),
      (attrs, ms) => {
        const local = new Date(ms + 8 * 3_600_000).toISOString().replace('Z', '+08:00');
        const message = { kind: 'report', ts: new Date(ms).toISOString(), attrs };
        const one = decode(message);
        const other = decode(shuffled({ ...message, ts: local }));
        expect(other.refusal?.reason).toBe(one.refusal?.reason);
        expect(other.events?.[0]?.ident).toBe(one.events?.[0]?.ident);
        expect(other.events?.[0]?.at).toBe(one.events?.[0]?.at);
      },
    ),
  );
});

test('what supervision finds by itself no device may say', () => {
  for (const kind of ['silent', 'stuck'])
    expect(decode({ kind }).refusal).toMatchObject({
      reason: 'schema',
      detail: expect.stringMatching(/^kind/),
    });
});
