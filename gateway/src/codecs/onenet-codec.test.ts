import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decoderOf, expectStorable, hostileBytes } from './carrier-input.fixture.ts';
import { oneNetCodec } from './onenet-codec.ts';

const at = 1_631_522_002_499;
const decode = decoderOf(oneNetCodec, 'onenet');

const point = (ds_id: string, value: unknown, more: object = {}) =>
  JSON.stringify({ at, imei: '869664048207529', type: 1, ds_id, value, dev_id: 727_859_486, ...more });
const thing = (notifyType: string, params: object, more: object = {}) =>
  JSON.stringify({
    ...{
      productId: 'C6z4Zk012B',
      deviceId: 1_343_759,
      deviceName: 'test01',
      messageType: 'notify',
      notifyType,
    },
    ...{ data: { id: '1631522002438', version: '1.0', params }, ...more },
  });
const property = (values: Record<string, unknown>) =>
  thing(
    'property',
    Object.fromEntries(Object.entries(values).map(([name, value], i) => [name, { time: at + i, value }])),
  );
const lifeCycle = {
  ...{ productId: 'C6z4Zk012B', deviceId: 1_343_759, deviceName: 'test01', messageType: 'lifeCycle' },
  data: { status: 'online', time: 1_631_521_919_234 },
};

const cases: [name: string, text: string, said: [kind: string, state: string, value: number | null][]][] = [
  ['LwM2M battery level', point('3_0_9', 15), [['battery', 'fault', 15]]],
  ['LwM2M battery status: low', point('3_0_20', 4), [['battery', 'fault', null]]],
  ['LwM2M battery status: unknown', point('3_0_20', 6), []],
  ['LwM2M error code', point('3_0_11', 3), [['fault', 'fault', null]]],
  ['a named stream', point('smoke_state', 1), [['smoke', 'alarm', null]]],
  ['a stream of objects', point('data', { smoke_state: 1, smoke_value: 3 }), [['smoke', 'alarm', 3]]],
  ['a time in digits', point('smoke_state', 0, { at: String(at) }), [['smoke', 'normal', null]]],
  ['online', JSON.stringify({ type: 2, dev_id: 2_016_617, status: 1, login_type: 10, at }), []],
  ['an answer to a command', JSON.stringify({ type: 7, dev_id: 1, cmd_id: 'x', at }), []],
  [
    'properties',
    property({ smoke_state: true, smoke_value: 9, battery_value: 80 }),
    [
      ['smoke', 'alarm', 9],
      ['battery', 'normal', 80],
    ],
  ],
  [
    'an event',
    thing('event', { fire: { eventType: 'alert', time: at, value: { smoke_state: 1 } } }),
    [['smoke', 'alarm', null]],
  ],
  [
    'LwM2M by thing model',
    thing('property', { '3_0_20': { time: at, value: 4, bin_data: 'A0AA' } }),
    [['battery', 'fault', null]],
  ],
  ['life cycle', JSON.stringify(lifeCycle), []],
  ['a reply', JSON.stringify({ ...lifeCycle, messageType: 'reply', callType: 'sync' }), []],
];

test.each(cases)('%s', (_, text, said) => {
  const { events, refusal } = decode(text, at);
  expect(refusal).toBeUndefined();
  expect(events!.map(({ kind, state, value }) => [kind, state, value])).toEqual(said);
});

const frame =
  '4040010002FF3804090806153517000006FF00000000000011000202018700283517000021003804090806155523 23';
test.each([
  ['nothing', '', 'not-json'],
  ['a number', '5', 'schema'],
  ['a list', '[]', 'schema'],
  ['a vendor’s own frame', point('3200_0_5750', frame), 'unknown-payload'],
  ['a stream that nobody declared', point('3300_0_5700', 23.5), 'unknown-payload'],
  ['no stream', JSON.stringify({ type: 1, dev_id: 1, at }), 'schema'],
  ['a type that nobody declared', JSON.stringify({ type: 3, dev_id: 1, at }), 'unknown-payload'],
  ['no time', point('smoke_state', 1, { at: null }), 'bad-time'],
  ['no device', point('smoke_state', 1, { imei: null, dev_id: null }), 'schema'],
  ['encrypted', '{"enc_msg":"8vJ3","nonce":"abcdefgh","msg_signature":"x"}', 'unknown-payload'],
  ['another message', thing('property', {}, { messageType: 'scene' }), 'unknown-payload'],
  ['properties that nobody declared', property({ Power: 'on' }), 'unknown-payload'],
  ['a time in words', thing('property', { smoke_state: { value: 1, time: 'noon' } }), 'bad-time'],
  ['NUL', point('smoke_state', 1, { note: '\0' }), 'nul-or-surrogate'],
  ['half a surrogate pair in a name', property({ '\ud83d': 1 }), 'nul-or-surrogate'],
])('%s is refused as named', (_, text, reason) => {
  const { events, refusal } = decode(text, at);
  expect(events).toBeUndefined();
  expect(refusal?.reason).toBe(reason);
});

test('a device goes by the name under which it is registered: IMEI, its name, its number', () => {
  const idOf = (text: string, registered: string[] = []) =>
    decoderOf(oneNetCodec, 'onenet', registered)(text, at).events![0]!.deviceId;
  expect(idOf(point('smoke_state', 1))).toBe('869664048207529');
  expect(idOf(point('smoke_state', 1), ['727859486'])).toBe('727859486');
  expect(idOf(property({ smoke_state: 1 }))).toBe('test01');
  expect(idOf(property({ smoke_state: 1 }), ['1343759'])).toBe('1343759');
});

test('properties of one message have the time of the last of them, and the same identity when sent again', () => {
  const text = property({ smoke_state: 1, battery_value: 50 });
  const [first, second] = decode(text, at).events!;
  expect([first?.at, second?.at]).toEqual([at + 1, at + 1]);
  expect(first?.ident).not.toBe(second?.ident);
  expect(decode(text, at + 60_000).events!.map(({ ident }) => ident)).toEqual([first?.ident, second?.ident]);
});

test('without a time a message with an id is known by it, one without by when it came', () => {
  const timeless = { smoke_state: { value: 1 } };
  expect(decode(thing('property', timeless), at).events![0]).toMatchObject({ at: 0, hasDeviceTime: false });
  const nameless = thing('property', timeless, { data: { params: timeless } });
  expect(decode(nameless, at).events![0]).toMatchObject({ at, hasDeviceTime: false });
});

test('property: whatever bytes come, there are events or a named refusal that can be stored', () => {
  const samples = cases.map(([, text]) => text);
  fc.assert(
    fc.property(hostileBytes(samples), (bytes) => expectStorable(decode(bytes, at))),
    { numRuns: 1_000 },
  );
});
