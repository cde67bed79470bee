import { expect, test } from 'vitest';
import { Listening, now, survives } from './dialect-input.fixture.ts';
import { type EncodedMetric, sparkplugBytes } from './sparkplug-bytes.fixture.ts';
import { sparkplug } from './sparkplug-codec.ts';
import { readSparkplugPayload } from './sparkplug-payload.ts';

const topic = (what: string, device = '') => `spBv1.0/Wenling/${what}/edge-1${device && `/${device}`}`;
const bdSeq = (value: number): EncodedMetric => ({ name: 'bdSeq', value, type: 8 });
const smokeNamed: EncodedMetric = { name: 'Zone 1/smoke', alias: 7, value: false, timestamp: now };
const smoke = (value: boolean): EncodedMetric => ({ alias: 7, value, timestamp: now });

/** A node that was born with one device. */
function plant(): Listening {
  const listening = new Listening(sparkplug());
  listening.said(topic('NBIRTH'), sparkplugBytes(0, [bdSeq(3)]));
  listening.said(topic('DBIRTH', 'hall'), sparkplugBytes(1, [smokeNamed, { name: 'note', value: 'x' }]));
  return listening;
}

test('node and device are born → smoke by alias → the same again → gone', () => {
  const listening = plant();
  const steps = [smoke(true), smoke(true), smoke(false)].map((metric, i) =>
    listening.said(topic('DDATA', 'hall'), sparkplugBytes(2 + i, [metric])),
  );
  const id = 'spb:Wenling:edge-1:hall';
  expect(steps).toEqual([[`${id} smoke alarm`], [], [`${id} smoke normal`]]);
});

test('data before a birth, or by an alias that no birth named, waits in quarantine', () => {
  const listening = new Listening(sparkplug());
  expect(listening.said(topic('DDATA', 'hall'), sparkplugBytes(5, [smoke(true)]))).toEqual([
    'refused: no-birth',
  ]);
  const unknown = sparkplugBytes(2, [{ alias: 99, value: true }]);
  expect(plant().said(topic('DDATA', 'hall'), unknown)).toEqual(['refused: no-birth']);
});

test('a gap in seq is one fault of the node, and its next birth ends it', () => {
  const listening = plant();
  expect(listening.said(topic('DDATA', 'hall'), sparkplugBytes(9, [smoke(false)]))).toEqual([
    'spb:Wenling:edge-1 fault fault',
  ]);
  expect(listening.said(topic('NBIRTH'), sparkplugBytes(0, [bdSeq(4)]))).toEqual([
    'spb:Wenling:edge-1 fault normal',
  ]);
});

test('seq goes on from 255 to 0', () => {
  const listening = plant();
  for (let seq = 2; seq <= 260; seq++)
    expect(listening.said(topic('NDATA'), sparkplugBytes(seq & 0xff, []))).toEqual([]);
});

test('the node dies → one fault, whatever hangs on it; a death of an earlier life is none', () => {
  const listening = plant();
  expect(listening.said(topic('NDEATH'), sparkplugBytes(null, [bdSeq(2)]))).toEqual([]);
  expect(listening.said(topic('NDEATH'), sparkplugBytes(null, [bdSeq(3)]))).toEqual([
    'spb:Wenling:edge-1 fault fault',
  ]);
});

test('a device dies → its data is refused until it is born again', () => {
  const listening = plant();
  const hall = 'spb:Wenling:edge-1:hall';
  expect(listening.said(topic('DDEATH', 'hall'), sparkplugBytes(2, []))).toEqual([`${hall} fault fault`]);
  expect(listening.said(topic('DDATA', 'hall'), sparkplugBytes(3, [smoke(true)]))).toEqual([
    'refused: no-birth',
  ]);
  expect(
    listening.said(topic('DBIRTH', 'hall'), sparkplugBytes(3, [{ ...smokeNamed, value: true }])),
  ).toEqual([`${hall} fault normal`, `${hall} smoke alarm`]);
});

test('what a node has spooled keeps its time and is known by it', () => {
  const spooled = { ...smoke(true), timestamp: now - 3_600_000, historical: true };
  const payload = sparkplugBytes(2, [spooled]);
  const listening = plant();
  expect(listening.said(topic('DDATA', 'hall'), payload)).toEqual([
    'spb:Wenling:edge-1:hall smoke alarm late',
  ]);
  expect(listening.said(topic('DDATA', 'hall'), sparkplugBytes(3, [smoke(true)]))).toHaveLength(1);
});

test.each([
  ['a percentage', { name: 'battery', value: 12.5 }, ['spb:Wenling:edge-1 battery fault 12.5%']],
  ['a word', { name: 'Gas Alarm', value: 'alarm' }, ['spb:Wenling:edge-1 gas alarm']],
  ['an integer', { name: 'fire', value: 1, type: 3 }, ['spb:Wenling:edge-1 smoke alarm']],
  ['null', { name: 'fire', value: null }, []],
  ['what says nothing here', { name: 'flow', value: 3.5 }, []],
])('%s', (_, metric, said) => {
  expect(plant().said(topic('NDATA'), sparkplugBytes(2, [metric]))).toEqual(said);
});

test('a signed number is read as one', () => {
  const [metric] = readSparkplugPayload(sparkplugBytes(0, [{ name: 't', value: -5, type: 3 }]))!.metrics;
  expect(metric!.value).toBe(-5);
});

test.each([
  ['spBv1.0/STATE/scada', 'ONLINE', []],
  ['spBv1.0/Wenling/NCMD/edge-1', '', []],
  ['spBv1.0/Wenling/DDATA/edge-1', '', ['refused: unknown-topic']],
  ['spBv1.0/Wenling/NDATA/edge-1', '\u0007', ['refused: schema']],
])('%s', (where, payload, said) => {
  expect(new Listening(sparkplug()).said(where, payload)).toEqual(said);
});

test('whatever comes is understood or refused by name', () => {
  const samples = [sparkplugBytes(0, [bdSeq(1), smokeNamed], now), sparkplugBytes(1, [smoke(true)])];
  const topics = ['NBIRTH', 'NDATA', 'NDEATH'].map((what) => topic(what));
  survives(sparkplug, [...topics, topic('DBIRTH', 'hall'), topic('DDATA', 'hall')], samples);
});
