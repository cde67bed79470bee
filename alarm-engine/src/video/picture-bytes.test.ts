import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pictureBytes } from './picture-bytes.ts';

/** One MPEG-TS packet: `begins` a PES packet of video with a time of its own, or goes on with one. */
function packet(payload: Buffer, { pid = 256, counter = 0, time = -1 } = {}): Buffer {
  const header = Buffer.from([0x47, (time >= 0 ? 0x40 : 0) | (pid >> 8), pid & 255, 0x30 | counter]);
  const stamp = Buffer.alloc(5);
  stamp.writeUInt32BE(Math.max(0, time));
  const pes =
    time < 0 ? Buffer.alloc(0) : Buffer.concat([Buffer.from([0, 0, 1, 0xe0, 0, 0, 0x80, 0x80, 5]), stamp]);
  const room = 184 - pes.length - payload.length;
  const stuffing = Buffer.concat([Buffer.from([room - 1, 0]), Buffer.alloc(room - 2, 255)]);
  return Buffer.concat([header, stuffing, pes, payload]);
}

const segment = (time: number, picture: string, counter = 0) =>
  Buffer.concat([
    packet(Buffer.from(`first of ${picture}`), { time, counter }),
    packet(Buffer.from(`sound at ${time}`), { pid: 257, counter }),
    packet(Buffer.from(`rest of ${picture}`), { counter: counter + 1 }),
  ]);

test('MPEG-TS: one picture at two times is one; another picture is another', () => {
  const [one, later, other] = [segment(1, 'a street'), segment(9, 'a street', 5), segment(1, 'a fire')];
  expect(one.equals(later)).toBe(false);
  expect(pictureBytes(one).toString()).toBe('first of a streetrest of a street');
  expect(pictureBytes(later)).toEqual(pictureBytes(one));
  expect(pictureBytes(other)).not.toEqual(pictureBytes(one));
});

test('MP4: what is in mdat, whatever time stands before it, also when it is cut short', () => {
  const box = (type: string, body: string, more = 0) => {
    const head = Buffer.alloc(8);
    head.writeUInt32BE(8 + body.length + more);
    head.write(type, 4);
    return Buffer.concat([head, Buffer.from(body)]);
  };
  const one = Buffer.concat([box('moof', 'time 1'), box('mdat', 'a street')]);
  const later = Buffer.concat([box('moof', 'time 22'), box('mdat', 'a street', 999)]);
  expect(pictureBytes(one).toString()).toBe('a street');
  expect(pictureBytes(later)).toEqual(pictureBytes(one));
});

test('any bytes are read without a fault', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 800 }), (bytes) => void pictureBytes(Buffer.from(bytes))));
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 187, maxLength: 187 }), (bytes) => {
      const hostile = Buffer.concat([Buffer.from([0x47]), Buffer.from(bytes)]);
      pictureBytes(Buffer.concat([hostile, hostile]));
    }),
  );
});
