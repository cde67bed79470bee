import fc from 'fast-check';
import { expect, test } from 'vitest';
import { frameOf, sampleFrame } from '../../codecs/gb26875-frame.fixture.ts';
import { FrameReader } from './frame-reader.ts';

/** What a reader gives for a stream that comes in these pieces: frames as hex, unsound ones with `!`, garbage with `?`. */
function split(pieces: readonly Uint8Array[]): string[] {
  const reader = new FrameReader();
  const given: string[] = [];
  for (const piece of pieces) {
    reader.append(Buffer.from(piece));
    for (let read = reader.next(); read !== null; read = reader.next())
      if (read.garbage !== undefined) given.push(`?${read.garbage.toString('hex')}`);
      else given.push(`${read.sound ? '' : '!'}${read.frame.toString('hex')}`);
  }
  const rest = reader.rest();
  return rest.length === 0 ? given : [...given, `?${rest.toString('hex')}`];
}

const sample = sampleFrame.toString('hex');
const longest = frameOf('40'.repeat(1024));
/** `23 23` and `40 40` within its data unit. */
const tricky = frameOf('0201 2323 4040 2323');

test.each([
  ['one frame', [sampleFrame], [sample]],
  ['two frames in one segment', [Buffer.concat([sampleFrame, tricky])], [sample, tricky.toString('hex')]],
  ['a byte at a time', [...sampleFrame].map((byte) => Buffer.of(byte)), [sample]],
  ['a data unit of 1,024 bytes, all of them 40', [longest], [longest.toString('hex')]],
  [
    'garbage before a frame',
    [Buffer.from('0123'), sampleFrame],
    [`?${Buffer.from('0123').toString('hex')}`, sample],
  ],
  ['a stray 40 before a frame', [Buffer.from('40', 'hex'), sampleFrame], ['?40', sample]],
  [
    'half a frame before a whole one',
    [sampleFrame.subarray(0, 40), sampleFrame],
    [`?${sample.slice(0, 80)}`, sample],
  ],
  [
    'a length above 1,024',
    [Buffer.from('4040'.padEnd(48, '0').concat('ffff02'), 'hex'), sampleFrame],
    [`?${'4040'.padEnd(48, '0')}ffff02`, sample],
  ],
  [
    'nothing but garbage',
    [Buffer.alloc(3000, 1)],
    [`?${'01'.repeat(1054)}`, `?${'01'.repeat(1054)}`, `?${'01'.repeat(892)}`],
  ],
  ['an end without a beginning', [sampleFrame.subarray(5)], [`?${sample.slice(10)}`]],
])('%s', (_, pieces, given) => {
  expect(split(pieces)).toEqual(given);
});

test('a wrong checksum leaves the frame whole, and the next one in step', () => {
  const harmed = Buffer.from(sampleFrame);
  harmed[30] = 0xff;
  expect(split([Buffer.concat([harmed, sampleFrame])])).toEqual([`!${harmed.toString('hex')}`, sample]);
});

test('a beginning that will get no rest is given up, and what came behind it is found', () => {
  const reader = new FrameReader();
  const head = frameOf('00'.repeat(1000)).subarray(0, 30);
  reader.append(Buffer.concat([head, sampleFrame]));
  expect(reader.next()).toBeNull();
  reader.giveUp();
  expect(reader.next()?.garbage).toEqual(head);
  expect(reader.next()?.frame).toEqual(sampleFrame);
});

test('frames come out as they went in, however the stream is cut; nothing is lost between them', () => {
  const frame = fc.uint8Array({ maxLength: 60 }).map((adu) => frameOf(Buffer.from(adu).toString('hex')));
  /** Without 40, so that no beginning of a frame is in it. */
  const garbage = fc
    .uint8Array({ max: 0x3f, minLength: 1, maxLength: 20 })
    .map((bytes) => Buffer.from(bytes));
  const stream = fc.array(fc.tuple(fc.option(garbage), frame), { maxLength: 6 });
  fc.assert(
    fc.property(stream, fc.array(fc.nat(400), { maxLength: 10 }), (parts, cuts) => {
      const bytes = Buffer.concat(parts.flatMap(([noise, one]) => (noise === null ? [one] : [noise, one])));
      const at = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].sort((a, b) => a - b);
      const pieces = [0, ...at].map((from, i) => bytes.subarray(from, at[i] ?? bytes.length));
      const given = split(pieces);
      expect(given.filter((one) => !one.startsWith('?'))).toEqual(
        parts.map(([, one]) => one.toString('hex')),
      );
      expect(given.map((one) => one.replace(/^[?!]/, '')).join('')).toBe(bytes.toString('hex'));
    }),
  );
});

test('whatever comes, all of it comes out, in order', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 80 }), { maxLength: 8 }), (pieces) => {
      const given = split(pieces).map((one) => one.replace(/^[?!]/, ''));
      expect(given.join('')).toBe(Buffer.concat(pieces).toString('hex'));
    }),
  );
});
