import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decoderOf, expectStorable, hostileBytes } from './carrier-input.fixture.ts';
import { ctwingCodec } from './ctwing-codec.ts';

const at = 1_606_982_320_277;
const decode = decoderOf(ctwingCodec, 'ctwing');

/** As pushed for a Li'an smoke detector, a Siterwell gas detector and others, with what was said replaced. */
const envelope = {
  upPacketSN: -1,
  upDataSN: -1,
  topic: 'v1/up/ad19prof',
  timestamp: at,
  tenantId: '10461180',
  serviceId: '',
  protocol: 'lwm2m',
  productId: '15014772',
  messageType: 'dataReport',
  deviceType: '',
  deviceId: 'acf7baaee65e431eadfb8f5fe50e8b81',
  assocAssetId: '',
  IMSI: 'undefined',
  IMEI: '860374051096202',
};
const data = (payload: object, more: object = {}) => JSON.stringify({ ...envelope, payload, ...more });
const lian = (serviceData: object) =>
  data({ serviceId: 'notification', serviceData: { TData: 30, SNR: 1, RSRP: 114, CSQ: 5, ...serviceData } });
const event = (serviceId: number, eventContent: object, eventType = 2) =>
  JSON.stringify({
    ...{ timestamp: at, tenantId: '2000033827', serviceId, protocol: 'lwm2m', productId: '15045240' },
    ...{ messageType: 'eventReport', eventType, eventContent, deviceSn: '' },
    ...{ deviceId: 'd01308047f864601a821e02dc328eab4', IMSI: 'undefined', IMEI: '161941770261953' },
  });
const gas = { valve_state: 2, temperature: 0, medium: 0, gas_value: 0, fan_state: 2, battery_voltage: 1.1 };
const json = (object: object) => Buffer.from(JSON.stringify(object)).toString('base64');
const online = {
  ...{ timestamp: 1_589_444_231_825, tenantId: '10461180', protocol: 'lwm2m', productId: '10053421' },
  ...{ messageType: 'deviceOnlineOfflineReport', iccid: 'undefined', eventType: 1 },
  deviceId: '44d0b9e48d404094bbbcf889e4e64ece',
};
const answer = {
  ...{ timestamp: 1_589_444_233_258, tenantId: '10461180', taskId: 1, protocol: 'lwm2m' },
  ...{ result: { resultDetail: '', resultCode: 'DELIVERED' }, productId: '10053421' },
  ...{ messageType: 'commandResponse', deviceId: '44d0b9e48d404094bbbcf889e4e64ece' },
};

const cases: [name: string, text: string, said: [kind: string, state: string, value: number | null][]][] = [
  ['smoke', data({ smoke_state: 1, smoke_value: 12 }), [['smoke', 'alarm', 12]]],
  ['smoke gone', data({ smoke_state: 0, smoke_value: 0 }), [['smoke', 'normal', 0]]],
  ['smoke, in words', data({ smoke_state: '1' }), [['smoke', 'alarm', null]]],
  ['smoke, as an event', event(1001, { smoke_state: 1 }), [['smoke', 'alarm', null]]],
  [
    'Li’an in alarm',
    lian({ Alarm_Status: 1, Battery_Level: 90 }),
    [
      ['smoke', 'alarm', null],
      ['battery', 'normal', 90],
    ],
  ],
  ['Li’an silenced', lian({ Alarm_Status: 2, Battery_Level: 100 }), [['battery', 'normal', 100]]],
  ['Li’an well', lian({ Alarm_Status: 7 }), [['restore', 'normal', null]]],
  ['Li’an low', lian({ Alarm_Status: 4, Battery_Level: 100 }), [['battery', 'fault', 100]]],
  ['Li’an broken', lian({ Alarm_Status: 5 }), [['fault', 'fault', null]]],
  ['Li’an taken down', lian({ Alarm_Status: 10 }), [['tamper', 'fault', null]]],
  ['Li’an put back', lian({ Alarm_Status: 11 }), [['tamper', 'normal', null]]],
  ['Li’an tested', lian({ Alarm_Status: 14 }), [['test', 'test', null]]],
  ['Li’an online', lian({ Alarm_Status: 12 }), []],
  [
    'gas',
    data({ ...gas, gas_sensor_state: 1, battery_value: 100 }),
    [
      ['gas', 'alarm', 0],
      ['battery', 'normal', 100],
    ],
  ],
  ['gas, much', data({ ...gas, gas_sensor_state: 2 }), [['gas', 'alarm', 0]]],
  ['gas gone', event(1001, { gas_sensor_state: 0 }), [['gas', 'normal', null]]],
  ['sensor worn out', event(1002, { error_code: 7 }, 3), [['fault', 'fault', null]]],
  ['self-test', event(1002, { error_code: 6 }, 1), [['test', 'test', null]]],
  ['warming up', event(1002, { error_code: 5 }, 1), []],
  ['battery low', event(1002, { battery_voltage: 1, battery_state: 1 }), [['battery', 'fault', null]]],
  ['battery at 20 %', data({ heartbeat_time: 1440, battery_value: 20 }), [['battery', 'fault', 20]]],
  ['battery at 21 %', data({ heartbeat_time: 1440, battery_value: 21 }), [['battery', 'normal', 21]]],
  ['two words on the battery', data({ battery_state: 1, battery_value: 90 }), [['battery', 'fault', 90]]],
  [
    'taken down',
    event(1003, { tamper_alarm: 1, battery_value: 80 }),
    [
      ['tamper', 'fault', null],
      ['battery', 'normal', 80],
    ],
  ],
  ['water', event(1003, { water_level_state: 1 }), [['water', 'alarm', null]]],
  ['JSON in APPdata', data({ APPdata: json({ smoke_state: 1 }) }), [['smoke', 'alarm', null]]],
  ['online', JSON.stringify(online), []],
  ['an answer to a command', JSON.stringify(answer), []],
  ['reports joined', data({}, { messageType: 'dataReportTupUnion' }), []],
];

test.each(cases)('%s', (_, text, said) => {
  const { events, refusal } = decode(text, at);
  expect(refusal).toBeUndefined();
  expect(events!.map(({ kind, state, value }) => [kind, state, value])).toEqual(said);
});

test('Siterwell’s smoke detectors word it the other way round', () => {
  const siterwell = decoderOf(ctwingCodec, 'ctwing-siterwell');
  const states = (payload: object) =>
    siterwell(data(payload), at).events!.map(({ kind, state }) => [kind, state]);
  expect(states({ smoke_state: 0, smoke_value: 30, cell_ID: 1 })).toEqual([['smoke', 'alarm']]);
  expect(states({ smoke_state: 1 })).toEqual([['smoke', 'normal']]);
  expect(states({ error: 3 })).toEqual([['battery', 'fault']]);
  expect(states({ error: 2 })).toEqual([['fault', 'normal']]);
});

test('a whole event', () => {
  const fields = { smoke_state: 1, smoke_value: 12, cell_ID: 5 };
  const told = decode(data(fields), at + 1_000).events![0];
  expect(told).toEqual({
    ...{ deviceId: '860374051096202', run: null, at, hasDeviceTime: true, ident: expect.any(BigInt) },
    ...{ kind: 'smoke', state: 'alarm', value: 12, unit: null, attrs: fields, receivedAt: at + 1_000 },
    ...{ late: false, delayed: false, skewed: false, retained: false, source: 'http-push' },
  });
});

test.each([
  ['nothing', '', 'not-json'],
  ['a list', '[]', 'schema'],
  ['no messageType', JSON.stringify({ ...envelope, messageType: undefined }), 'schema'],
  ['an unknown messageType', data({}, { messageType: 'weather' }), 'unknown-payload'],
  ['a vendor’s own bytes', data({ APPdata: 'AQFWMS4wAAAAACMAAAAH/wAl' }), 'unknown-payload'],
  ['fields that nobody declared', data({ liquid_level: 402 }), 'unknown-payload'],
  ['a value that nobody declared', data({ smoke_state: 7 }), 'unknown-payload'],
  ['a field of JavaScript’s', data({ constructor: 1, toString: 1 }), 'unknown-payload'],
  ['no payload', data({}, { payload: null }), 'unknown-payload'],
  ['no device', data({ smoke_state: 1 }, { deviceId: '', IMEI: 'undefined' }), 'schema'],
  ['a device that is no id', data({ smoke_state: 1 }, { deviceId: 'a/b', IMEI: '' }), 'schema'],
  ['no time', data({ smoke_state: 1 }, { timestamp: null }), 'bad-time'],
  ['a time in words', data({ smoke_state: 1 }, { timestamp: 'noon' }), 'bad-time'],
  ['a time after the year 9999', data({ smoke_state: 1 }, { timestamp: 1e15 }), 'bad-time'],
  ['NUL in a field', data({ smoke_state: 1, note: 'a\0b' }), 'nul-or-surrogate'],
  ['NUL in a field’s name', data({ smoke_state: 1, 'a\0': 1 }), 'nul-or-surrogate'],
  ['half a surrogate pair', data({ smoke_state: 1, note: '\ud83d' }), 'nul-or-surrogate'],
  ['half a pair in APPdata', data({ APPdata: json({ smoke_state: 1, note: '\udd25' }) }), 'unknown-payload'],
])('%s is refused as named', (_, text, reason) => {
  const { events, refusal } = decode(text, at);
  expect(events).toBeUndefined();
  expect(refusal?.reason).toBe(reason);
});

test('broken UTF-8 is refused', () => {
  expect(decode(Buffer.from([0x7b, 0xff, 0x7d]), at).refusal?.reason).toBe('not-utf8');
});

test('a device goes by the name under which it is registered, else by its IMEI', () => {
  const idOf = (registered: string[], more: object = {}) =>
    decoderOf(ctwingCodec, 'ctwing', registered)(data({ smoke_state: 1 }, more), at).events![0]!.deviceId;
  expect(idOf([])).toBe(envelope.IMEI);
  expect(idOf([envelope.deviceId])).toBe(envelope.deviceId);
  expect(idOf([envelope.deviceId, envelope.IMEI])).toBe(envelope.IMEI);
  expect(idOf([], { IMEI: 'undefined' })).toBe(envelope.deviceId);
});

test('the platform’s time is believed: what is older was late, what is ahead is skewed', () => {
  const flags = (receivedAt: number) => {
    const { late, skewed } = decode(data({ smoke_state: 1 }), receivedAt).events![0]!;
    return { late, skewed };
  };
  expect(flags(at + 299_000)).toEqual({ late: false, skewed: false });
  expect(flags(at + 7_200_000)).toEqual({ late: true, skewed: false });
  expect(flags(at - 301_000)).toEqual({ late: false, skewed: true });
});

test('identity: the same message again, whatever its key order; a kind of it, a value or a time makes another', () => {
  const idents = (text: string, later = 0) => decode(text, at + later).events!.map(({ ident }) => ident);
  const text = data({ battery_value: 90, smoke_state: 1 });
  const turned = JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(text)).reverse()));
  expect(idents(text, 7_200_000)).toEqual(idents(text));
  expect(idents(turned)).toEqual(idents(text));
  const others = [
    text,
    data({ battery_value: 89, smoke_state: 1 }),
    data({ battery_value: 90, smoke_state: 1 }, { timestamp: at + 1 }),
  ];
  expect(new Set(others.flatMap((one) => idents(one))).size).toBe(6);
});

test('property: whatever bytes come, there are events or a named refusal that can be stored', () => {
  const samples = cases.map(([, text]) => text);
  fc.assert(
    fc.property(hostileBytes(samples), (bytes) => expectStorable(decode(bytes, at))),
    { numRuns: 1_000 },
  );
});
