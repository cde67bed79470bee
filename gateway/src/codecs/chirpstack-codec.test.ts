import { expect, test } from 'vitest';
import { chirpStack } from './chirpstack-codec.ts';
import { Listening, now, survives } from './dialect-input.fixture.ts';

const topic = 'application/345/device/0101010101010101/event';
const sample = {
  deduplicationId: '3ac7e3c4-4401-4b8d-9386-a5c902f9202d',
  time: '2026-11-24T07:59:59.775023242+00:00',
  deviceInfo: { devEui: '0101010101010101', deviceName: 'hall', tags: {} as Record<string, string> },
  fPort: 1,
  data: 'qg==',
  rxInfo: [{ gatewayId: '0016c001f153a14c', rssi: -36, snr: 10.5 }],
};
const up = (more: object) => ({ ...sample, ...more });
const tagged = (fenghuo: string, data: string) =>
  up({ data, deviceInfo: { ...sample.deviceInfo, tags: { fenghuo } } });
const listen = () => new Listening(chirpStack);
const id = 'lora:0101010101010101';

test.each([
  ['smoke', up({ object: { smoke: true } }), [`${id} smoke alarm`]],
  [
    'in words',
    up({ object: { smoke_status: 'alarm', battery: 95 } }),
    [`${id} smoke alarm`, `${id} battery normal 95%`],
  ],
  ['a leak', up({ object: { leakage_status: 'leak' } }), [`${id} water alarm`]],
  ['no leak', up({ object: { WATER_LEAK_STATUS: 0 } }), [`${id} water normal`]],
  ['deeper', up({ object: { status: { gasAlarm: 1 } } }), [`${id} gas alarm`]],
  ['two words on the battery', up({ object: { battery: 90, low_battery: true } }), [`${id} battery fault`]],
  ['a word that nobody declared', up({ object: { smoke: 'perhaps' } }), ['refused: unknown-payload']],
  ['nothing declared', up({ object: { parking: 'taken' } }), ['refused: unknown-payload']],
  ['no codec and no tag', up({}), ['refused: unknown-payload']],
  ['no data at all', up({ data: null }), []],
  [
    'bits by tag',
    tagged('0.1 smoke, 0.0 tamper, 1 battery', 'Ag8='),
    [`${id} smoke alarm`, `${id} tamper normal`, `${id} battery fault 15%`],
  ],
  ['a tag beyond the data', tagged('9.1 smoke', 'Ag8='), ['refused: unknown-payload']],
  ['without time', up({ time: null, object: { smoke: 1 } }), [`${id} smoke alarm`]],
  [
    'kept by the network for an hour',
    up({ time: '2026-11-24T07:00:00Z', object: { smoke: 1 } }),
    [`${id} smoke alarm late`],
  ],
  ['no identity', up({ deduplicationId: undefined }), ['refused: schema']],
])('%s', (_, payload, said) => {
  expect(listen().said(`${topic}/up`, payload)).toEqual(said);
});

test.each([
  ['status', { ...sample, margin: 10, batteryLevel: 88.3 }, [`${id} battery normal 88.3%`]],
  ['status', { ...sample, margin: 10, externalPowerSource: true }, []],
  ['join', sample, []],
  ['ack', sample, []],
])('%s %j', (event, payload, said) => {
  expect(listen().said(`${topic}/${event}`, payload)).toEqual(said);
});

test('one uplink by two gateways is one event; the next uplink is another', () => {
  const network = listen();
  const [first, again, next] = [{}, { rxInfo: [] }, { deduplicationId: 'b' }].map(
    (more) => network.decode(`${topic}/up`, up({ object: { smoke: true }, ...more })).events![0]!,
  );
  expect([again!.at, again!.ident]).toEqual([first!.at, first!.ident]);
  expect(next!.ident).not.toBe(first!.ident);
  expect(first!.at).toBe(now - 225);
});

test('whatever comes is understood or refused by name', () => {
  const samples = [up({ object: { smoke: true } }), tagged('0.1 smoke', 'Ag8=')].map((one) =>
    JSON.stringify(one),
  );
  survives(() => chirpStack, [`${topic}/up`, `${topic}/status`, `${topic}/join`], samples);
});
