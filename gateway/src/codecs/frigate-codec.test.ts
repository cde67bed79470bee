import { expect, test } from 'vitest';
import { Listening, now, survives } from './dialect-input.fixture.ts';
import { frigate } from './frigate-codec.ts';

const start = now / 1000 - 2.5;
const tracked = {
  id: '1607123955.475377-mxklsc',
  camera: 'front_door',
  label: 'fire',
  top_score: 0.958,
  false_positive: false,
  start_time: start,
  end_time: null as number | null,
  entered_zones: ['yard'],
};
const object = (type: string, after: object = {}, before: object | null = null) => ({
  type,
  before: before && { ...tracked, ...before },
  after: { ...tracked, ...after },
});
const review = (type: string, after: object = {}, data: object = {}) => ({
  type,
  before: null,
  after: {
    id: '1731023083.954195-dxpjye',
    camera: 'front_yard',
    severity: 'alert',
    ...after,
    data: { detections: ['x'], objects: ['fire'], sub_labels: [], zones: [], audio: [], ...data },
  },
});
const listen = () => new Listening(frigate());
const fire = 'frigate:front_door camera.fire';

test.each([
  ['fire', object('new'), [`${fire} alarm 0.958`]],
  ['its end', object('end', { end_time: start + 2 }), [`${fire} normal 0.958`]],
  ['smoke', object('new', { label: 'smoke' }), ['frigate:front_door camera.smoke alarm 0.958']],
  ['a person', object('new', { label: 'person' }), ['frigate:front_door camera.intrusion alarm 0.958']],
  ['a car', object('new', { label: 'car' }), []],
  ['an update', object('update', {}, {}), []],
  ['a false positive', object('new', { false_positive: true }), []],
  ['no longer one', object('update', {}, { false_positive: true }), [`${fire} alarm 0.958`]],
  ['one after all', object('update', { false_positive: true }, {}), [`${fire} normal 0.958`]],
  ['no camera', object('new', { camera: undefined }), ['refused: schema']],
  ['another type', object('gone'), ['refused: schema']],
  ['no time', object('new', { start_time: null }), [`${fire} alarm 0.958`]],
  ['delivered late', object('new', { start_time: start - 3600 }), [`${fire} alarm 0.958 late`]],
])('%s', (_, payload, said) => {
  expect(listen().said('frigate/events', payload)).toEqual(said);
});

test.each([
  ['fire', review('new'), ['frigate:front_yard camera.fire alarm']],
  ['borne out', review('new', {}, { objects: ['fire-verified'] }), ['frigate:front_yard camera.fire alarm']],
  [
    'a detector that sounds',
    review('new', {}, { objects: [], audio: ['smoke_detector'] }),
    ['frigate:front_yard camera.smoke alarm'],
  ],
  [
    'a person as an alert',
    review('new', {}, { objects: ['person'] }),
    ['frigate:front_yard camera.intrusion alarm'],
  ],
  ['a person as a detection', review('new', { severity: 'detection' }, { objects: ['person'] }), []],
  ['its end', review('end'), ['frigate:front_yard camera.fire normal']],
])('review: %s', (_, payload, said) => {
  expect(listen().said('frigate/reviews', payload)).toEqual(said);
});

test('a review that fire joins raises once', () => {
  const server = listen();
  const before = review('new', {}, { objects: ['car'] });
  expect(server.said('frigate/reviews', before)).toEqual([]);
  const update = { ...review('update'), before: before.after };
  expect(server.said('frigate/reviews', update)).toEqual(['frigate:front_yard camera.fire alarm']);
  expect(server.said('frigate/reviews', { ...update, before: update.after })).toEqual([]);
});

test('fire → a second fire → the first ends → the second ends: the camera returns with the last', () => {
  const server = listen();
  const said = (...[type, after]: [string, object]) => server.said('frigate/events', object(type, after));
  expect(said('new', { id: 'a' })).toHaveLength(1);
  expect(said('new', { id: 'b' })).toHaveLength(1);
  expect(said('end', { id: 'a' })).toEqual([]);
  expect(said('end', { id: 'b' })).toEqual([`${fire} normal 0.958`]);
});

test('the same message again is the same event', () => {
  const [first, again] = [listen(), listen()].map(
    (one) => one.decode('frigate/events', object('new')).events![0]!,
  );
  expect([again!.at, again!.ident]).toEqual([first!.at, first!.ident]);
  expect(first!.at).toBe(start * 1000);
});

test.each([
  ['frigate/available', 'offline', ['frigate:server fault fault']],
  ['frigate/north/available', 'online', ['frigate:north:server fault normal']],
  ['frigate/north/events', object('new'), ['frigate:north:front_door camera.fire alarm 0.958']],
  ['frigate/available', 'maybe', ['refused: unknown-payload']],
  ['frigate/stats', '{}', []],
])('%s', (topic, payload, said) => {
  expect(listen().said(topic, payload)).toEqual(said);
});

test('whatever comes is understood or refused by name', () => {
  const samples = [object('new'), object('update', {}, {}), review('end')].map((one) => JSON.stringify(one));
  survives(frigate, ['frigate/events', 'frigate/reviews', 'frigate/available'], samples);
});
