import { expect, test } from 'vitest';
import { Listening, now, survives } from './dialect-input.fixture.ts';
import { zigbee2Mqtt } from './zigbee2mqtt-codec.ts';

const kitchen = 'zigbee2mqtt/kitchen';
/** As a Heiman HS1SA is published. */
const sample = { smoke: true, battery_low: false, linkquality: 26, last_seen: '2026-11-24T07:59:58.312Z' };
const listen = () => new Listening(zigbee2Mqtt);

test.each([
  ['smoke', sample, ['z2m:kitchen smoke alarm', 'z2m:kitchen battery normal']],
  ['its density', { smoke: true, smoke_density: 0.17 }, ['z2m:kitchen smoke alarm 0.17']],
  ['all is well', { smoke: false }, ['z2m:kitchen smoke normal']],
  ['gas', { gas: true }, ['z2m:kitchen gas alarm']],
  ['carbon monoxide', { carbon_monoxide: true, co: 120 }, ['z2m:kitchen co alarm 120ppm']],
  ['water', { water_leak: true }, ['z2m:kitchen water alarm']],
  ['tamper', { tamper: true }, ['z2m:kitchen tamper fault']],
  ['a fault', { fault: true }, ['z2m:kitchen fault fault']],
  ['a test', { smoke: false, test: true }, ['z2m:kitchen smoke normal', 'z2m:kitchen test test']],
  ['no test', { test: false }, []],
  ['a charge', { battery: 15, voltage: 2400 }, ['z2m:kitchen battery fault 15%']],
  ['a charge that the device calls low', { battery: 80, battery_low: true }, ['z2m:kitchen battery fault']],
  ['temperature alone', { temperature: 21.5, linkquality: 90 }, []],
  ['null for unknown', { smoke: null }, []],
  ['nothing', '', []],
  ['no object', '[1]', ['refused: schema']],
  ['no JSON', 'on', ['refused: not-json']],
  ['NUL', '{"smoke":true,"note":"a\\u0000"}', ['refused: nul-or-surrogate']],
])('%s', (_, payload, said) => {
  expect(listen().said(kitchen, payload)).toEqual(said);
});

test.each([
  ['zigbee2mqtt/kitchen/availability', { state: 'offline' }, ['z2m:kitchen fault fault']],
  ['zigbee2mqtt/kitchen/availability', 'offline', ['z2m:kitchen fault fault']],
  ['zigbee2mqtt/kitchen/availability', 'online', ['z2m:kitchen fault normal']],
  ['zigbee2mqtt/kitchen/availability', 'perhaps', ['refused: unknown-payload']],
  ['zigbee2mqtt/bridge/state', { state: 'offline' }, ['z2m:bridge fault fault']],
  ['zigbee2mqtt/north/bridge/state', 'offline', ['z2m:north:bridge fault fault']],
  ['zigbee2mqtt/north/kitchen', { smoke: true }, ['z2m:north:kitchen smoke alarm']],
  ['zigbee2mqtt/厨房 1', { smoke: true }, ['z2m:厨房-1-e351744b smoke alarm']],
  ['zigbee2mqtt/bridge/devices', '[]', []],
  ['zigbee2mqtt/kitchen/set', { smoke: true }, []],
  ['zigbee2mqtt/', { smoke: true }, ['refused: unknown-topic']],
])('%s %j', (topic, payload, said) => {
  expect(listen().said(topic, payload)).toEqual(said);
});

test('smoke → the bridge restarts and repeats it → nothing; smoke gone → smoke again: an alarm each', () => {
  const bridge = listen();
  const steps = [true, true, true, false, false, true].map((smoke) => bridge.said(kitchen, { smoke }));
  expect(steps).toEqual([
    ['z2m:kitchen smoke alarm'],
    [],
    [],
    ['z2m:kitchen smoke normal'],
    [],
    ['z2m:kitchen smoke alarm'],
  ]);
  expect(bridge.decode(kitchen, { smoke: true }).heard).toEqual(['z2m:kitchen']);
});

test('smoke that was not stored → the same again is the same event, until it is stored', () => {
  const bridge = listen();
  const [first] = bridge.decode(kitchen, { smoke: true }, { lost: true }).events!;
  const [again] = bridge.decode(kitchen, { smoke: true }, { receivedAt: now + 9_000 }).events!;
  expect([again!.at, again!.ident]).toEqual([first!.at, first!.ident]);
  expect(bridge.said(kitchen, { smoke: true })).toEqual([]);
});

test('smoke → gone → smoke within one millisecond: three events, no twins', () => {
  const bridge = listen();
  const events = [true, false, true].flatMap((smoke) => bridge.decode(kitchen, { smoke }).events!);
  expect(new Set(events.map(({ at, ident }) => `${at} ${ident}`)).size).toBe(3);
});

test('retained smoke raises nothing, and does not hide the smoke that is published after it', () => {
  const bridge = listen();
  expect(bridge.said(kitchen, { smoke: true }, { retained: true })).toEqual([
    'z2m:kitchen smoke alarm retained',
  ]);
  expect(bridge.said(kitchen, { smoke: true })).toEqual(['z2m:kitchen smoke alarm']);
});

test('a cached state of long ago raises nothing and is no sign of life; one that was spooled raises, late', () => {
  const old = { ...sample, last_seen: '2019-06-24T15:30:53.312Z' };
  const decoded = listen().decode(kitchen, old);
  expect(decoded.events!.every(({ retained }) => retained)).toBe(true);
  const spooled = { smoke: true, last_seen: now - 20 * 60_000 };
  expect(listen().said(kitchen, spooled)).toEqual(['z2m:kitchen smoke alarm late']);
});

test('availability is always retained: the first is no news, a change is', () => {
  const bridge = listen();
  const said = (state: string) => bridge.said('zigbee2mqtt/kitchen/availability', state, { retained: true });
  expect([said('online'), said('offline'), said('offline'), said('online')]).toEqual([
    ['z2m:kitchen fault normal retained'],
    ['z2m:kitchen fault fault'],
    [],
    ['z2m:kitchen fault normal'],
  ]);
});

test('a fault and an absence are one condition: it ends when both have', () => {
  const bridge = listen();
  expect(bridge.said(kitchen, { fault: true })).toEqual(['z2m:kitchen fault fault']);
  expect(bridge.said(`${kitchen}/availability`, 'offline')).toEqual([]);
  expect(bridge.said(kitchen, { fault: false })).toEqual([]);
  expect(bridge.said(`${kitchen}/availability`, 'online')).toEqual(['z2m:kitchen fault normal']);
});

test('a drill does not touch what is known of the real device', () => {
  const bridge = listen();
  const drill = (smoke: boolean) => bridge.decode(`fenghuo-drill/v1/r1/~/${kitchen}`, { smoke }).events!;
  expect(drill(true)).toMatchObject([{ run: 'r1', deviceId: 'z2m:kitchen' }]);
  expect(bridge.said(kitchen, { smoke: true })).toEqual(['z2m:kitchen smoke alarm']);
});

test('a name that was mapped means the registered device', () => {
  const mapped = new Listening(zigbee2Mqtt, { 'zigbee2mqtt kitchen': 'S-1' });
  expect(mapped.said(kitchen, { smoke: true })).toEqual(['S-1 smoke alarm']);
});

test('whatever comes is understood or refused by name', () => {
  const topics = [kitchen, `${kitchen}/availability`, 'zigbee2mqtt/bridge/state', 'zigbee2mqtt/a b/c:d'];
  survives(() => zigbee2Mqtt, topics, [JSON.stringify(sample), '{"state":"offline"}', 'offline']);
});
