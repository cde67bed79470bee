import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Listening, survives } from './dialect-input.fixture.ts';
import { gb26875, gb26875Topic } from './gb26875-codec.ts';
import { frameOf, sampleFrame } from './gb26875-frame.fixture.ts';
import { answerFrame, gb26875Command, readFrame } from './gb26875-frame.ts';

const listen = () => new Listening(gb26875);
const at = Date.parse('2020-08-01T19:18:48+08:00');
const said = (adu: string, receivedAt = at) => listen().said(gb26875Topic, frameOf(adu), { receivedAt });
const component = 'gb:010203040506:1-3:393433';
/** A component of this type and status, with the text and the time of the sample. */
const reports = (type: string, status: string) =>
  `0201 0103${type}d9000600 ${status} ${'00'.repeat(31)} 301213010814`;

test('the frame of a fire: component, place and time', () => {
  const { events } = listen().decode(gb26875Topic, sampleFrame, { receivedAt: at + 1000 });
  expect(events![0]).toMatchObject({
    deviceId: 'gb:000000000000:1-3:393433',
    kind: 'smoke',
    state: 'alarm',
    at,
    hasDeviceTime: true,
    late: false,
    attrs: { component: 0, status: 2, place: 'Ａ区１层呷哺走廊' },
  });
});

test('sent again with another sequence number it is the same event', () => {
  const again = Buffer.from(sampleFrame);
  again.writeUInt16LE(77, 2);
  again[again.length - 3] = (again.at(-3)! + 77) & 0xff;
  const [first, second] = [sampleFrame, again].map(
    (frame) => listen().decode(gb26875Topic, frame).events![0]!,
  );
  expect([second!.at, second!.ident]).toEqual([first!.at, first!.ident]);
});

test.each([
  ['a heat detector', reports('1f', '0200'), [`${component} heat alarm`, `${component} fault normal`]],
  ['a call point', reports('17', '0300'), [`${component} manual alarm`, `${component} fault normal`]],
  ['a gas detector', reports('0b', '0300'), [`${component} gas alarm`, `${component} fault normal`]],
  ['all is well', reports('28', '0100'), [`${component} smoke normal`, `${component} fault normal`]],
  ['a fault', reports('28', '0500'), [`${component} smoke normal`, `${component} fault fault`]],
  ['shielded', reports('28', '0900'), [`${component} smoke normal`, `${component} fault fault`]],
  ['its power', reports('28', '0101'), [`${component} smoke normal`, `${component} fault fault`]],
  [
    'a system in alarm',
    '0101 0103 0300',
    ['gb:010203040506:1-3 smoke alarm', 'gb:010203040506:1-3 fault normal'],
  ],
  [
    'the transmitter on its battery',
    '1501 09 301213010814',
    ['gb:010203040506 smoke normal', 'gb:010203040506 fault fault'],
  ],
  ['its button', '1801 0400 301213010814', ['gb:010203040506 manual alarm']],
  ['a test of it', '1801 4000 301213010814', ['gb:010203040506 test test']],
  ['the answer to a duty check', '1801 2001 301213010814', []],
  ['a system reset', '0401 0103 0101 301213010814', ['gb:010203040506:1-3 restore normal']],
  ['a temperature', '0301 010328d9000600 03 f500 301213010814', [`${component} report normal 24.5°C`]],
  ['below zero', '0301 010328d9000600 03 f6ff 301213010814', [`${component} report normal -1°C`]],
  ['its clock', '1c01 301213010814', []],
  ['its clock set', '5a01 301213010814', []],
  ['a duty check', '5b01 05', []],
  ['nothing', '', []],
  ['no objects', '0200', []],
  [
    'two transmitter states',
    '1502 03 01',
    ['gb:010203040506 smoke alarm', 'gb:010203040506 smoke normal', 'gb:010203040506 fault normal'],
  ],
  ['objects that do not fit', '0202 0103', ['refused: schema']],
  ['another type', '7001 00', ['refused: unknown-payload']],
])('%s', (_, adu, expected) => {
  expect(said(adu)).toEqual(expected);
});

test('what waited in a transmitter whose clock is right is late; a clock that is off is not believed', () => {
  const fire = reports('28', '0300');
  const sentNow = (minutes: number) => {
    const frame = frameOf(fire);
    frame.writeUInt8(frame[7]! + minutes, 7);
    frame[frame.length - 3] = (frame.at(-3)! + minutes) & 0xff;
    return listen().said(gb26875Topic, frame, { receivedAt: at + 20 * 60_000 })[0];
  };
  expect([sentNow(20), sentNow(0)]).toEqual([
    `${component} smoke alarm late`,
    `${component} smoke alarm skewed`,
  ]);
});

test('a clock that begins anew at each start: the second fire is not taken for the first', () => {
  const identAt = (receivedAt: number) =>
    listen().decode(gb26875Topic, frameOf(reports('28', '0300')), { receivedAt }).events![0]!.ident;
  const year = 365 * 86_400_000;
  expect(identAt(at + year)).toBe(identAt(at + year));
  expect(identAt(at + year)).not.toBe(identAt(at + 2 * year));
});

test('a fault, repeated with each status, is one event; its end another', () => {
  const transmitter = listen();
  const statuses = ['05', '05', '01'].map((status) =>
    transmitter
      .said(gb26875Topic, frameOf(`1501 ${status} 301213010814`), { receivedAt: at })
      .filter((one) => one.includes('fault')),
  );
  expect(statuses).toEqual([['gb:010203040506 fault fault'], [], ['gb:010203040506 fault normal']]);
});

test.each([
  ['a wrong checksum', (bytes: Buffer) => bytes.fill(0x69, bytes.length - 3, bytes.length - 2)],
  ['a wrong end', (bytes: Buffer) => bytes.fill(0x24, bytes.length - 1)],
  ['a byte less', (bytes: Buffer) => bytes.subarray(0, -1)],
  ['another beginning', (bytes: Buffer) => bytes.fill(0, 0, 1)],
])('%s is damage', (_, harm) => {
  expect(listen().said(gb26875Topic, harm(Buffer.from(sampleFrame)))).toEqual(['refused: damaged']);
});

test('a confirmation turns the addresses round and keeps sequence number and version', () => {
  const answer = readFrame(answerFrame(sampleFrame, gb26875Command.confirm, at));
  expect(answer).toMatchObject({
    ...{ seq: 0, version: 0x0101, at, command: 3 },
    ...{ source: '010203040506', destination: '000000000000' },
  });
});

test('a transmitter’s own confirmation says only that it lives', () => {
  const decoded = listen().decode(gb26875Topic, frameOf('', 3));
  expect(decoded).toMatchObject({ events: [], heard: ['gb:010203040506'] });
});

test('whatever comes is understood or refused by name', () => {
  survives(() => gb26875, [gb26875Topic], [sampleFrame, frameOf(reports('28', '0500')), frameOf('1501 09')]);
});

test('whatever is in a frame with a right checksum is understood or refused by name', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(8), (adu, command) => {
      const decoded = listen().decode(gb26875Topic, frameOf(Buffer.from(adu).toString('hex'), command));
      expect(decoded.refusal === undefined || decoded.refusal.reason !== 'damaged').toBe(true);
    }),
  );
});
