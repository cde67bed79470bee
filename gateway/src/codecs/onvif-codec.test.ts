import { expect, test } from 'vitest';
import { Listening, now, survives } from './dialect-input.fixture.ts';
import { onvif } from './onvif-codec.ts';

const fire = 'MyDevice/onvif-ej/RuleEngine/FireDetector/Fire/&1/2/Hall';
const event = (state: unknown, more: object = {}) => ({
  UtcTime: new Date(now - 1000).toISOString(),
  Source: { VideoSource: '1', Rule: 'Hall' },
  Key: {},
  Data: { State: state },
  ...more,
});
const items = (pairs: object) => ({
  SimpleItem: Object.entries(pairs).map(([Name, Value]) => ({ Name, Value })),
});
const listen = () => new Listening(onvif);

test.each([
  ['fire', fire, event('true'), ['onvif:MyDevice camera.fire alarm']],
  ['no fire', fire, event('false'), ['onvif:MyDevice camera.fire normal']],
  [
    'as items',
    fire,
    event('', { Source: items({ Rule: 'Hall' }), Data: items({ State: 'true' }) }),
    ['onvif:MyDevice camera.fire alarm'],
  ],
  ['as booleans', fire, event(true), ['onvif:MyDevice camera.fire alarm']],
  [
    'of long ago, by its norm',
    fire,
    event('true', { UtcTime: '2008-10-10T12:24:57.321Z' }),
    ['onvif:MyDevice camera.fire alarm skewed'],
  ],
  [
    'smoke',
    'MyDevice/onvif-ej/RuleEngine/FireDetector/Smoke/&1',
    event('true'),
    ['onvif:MyDevice camera.smoke alarm'],
  ],
  [
    'in a field',
    'city/cam-7/onvif-ej/RuleEngine/FieldDetector/ObjectsInside/&1',
    event('', { Data: { IsInside: 'true' } }),
    ['onvif:city:cam-7 camera.intrusion alarm'],
  ],
  [
    'over a line',
    'cam/onvif-ej/RuleEngine/LineDetector/Crossed',
    event('', { Data: { ObjectId: '15' } }),
    ['onvif:cam camera.intrusion alarm'],
  ],
  [
    'turned away',
    'cam/onvif-ej/VideoSource/GlobalSceneChange/ImagingService',
    event('true'),
    ['onvif:cam tamper fault'],
  ],
  [
    'without its disk',
    'cam/onvif-ej/Device/HardwareFailure/StorageFailure',
    event('', { Data: { Failed: 'true' } }),
    ['onvif:cam fault fault'],
  ],
  ['motion', 'cam/onvif-ej/VideoSource/MotionAlarm/&1', event('true'), []],
  ['something else', 'cam/onvif-ej/Weather/Rain', event('true'), ['refused: unknown-payload']],
  ['no time', fire, event('true', { UtcTime: undefined }), ['refused: bad-time']],
  ['no object', fire, '7', ['refused: schema']],
])('%s', (_, topic, payload, said) => {
  expect(listen().said(topic, payload)).toEqual(said);
});

test('fire, published retained as all properties are → the same after a reconnection → gone → deleted', () => {
  const camera = listen();
  const retained = true;
  expect(camera.said(fire, event('true'), { retained })).toEqual(['onvif:MyDevice camera.fire alarm']);
  expect(camera.said(fire, event('true'), { retained })).toEqual([]);
  expect(camera.said(fire, event('false'), { retained })).toEqual(['onvif:MyDevice camera.fire normal']);
  expect(camera.said(fire, '', { retained })).toEqual([]);
});

test('what a broker has kept since long ago raises nothing', () => {
  const old = event('true', { UtcTime: new Date(now - 3_600_000).toISOString() });
  expect(listen().said(fire, old, { retained: true })).toEqual([
    'onvif:MyDevice camera.fire alarm retained late',
  ]);
});

test('fire in two rules → one of them is deleted: the camera still sees fire', () => {
  const camera = listen();
  const yard = fire.replace('Hall', 'Yard');
  expect(camera.said(fire, event('true'))).toHaveLength(1);
  expect(camera.said(yard, event('true'))).toEqual([]);
  expect(camera.said(fire, '')).toEqual([]);
  expect(camera.said(yard, event('false'))).toEqual(['onvif:MyDevice camera.fire normal']);
});

test('a line crossed twice is two alarms, the same message again is none', () => {
  const topic = 'cam/onvif-ej/RuleEngine/LineDetector/Crossed';
  const crossing = (id: string) =>
    listen().decode(topic, event('', { Data: { ObjectId: id } })).events![0]!.ident;
  expect(crossing('15')).toBe(crossing('15'));
  expect(crossing('15')).not.toBe(crossing('16'));
});

test('whatever comes is understood or refused by name', () => {
  const samples = [event('true'), event('', { Source: items({ Rule: 'Hall' }) })].map((one) =>
    JSON.stringify(one),
  );
  survives(
    () => onvif,
    [fire, 'cam/onvif-ej/RuleEngine/LineDetector/Crossed', 'a/b/onvif-ej/x'],
    [...samples, ''],
  );
});
