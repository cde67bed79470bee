import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PacketReader } from './packet-reader.ts';

const packet = (type: number, length: number): Buffer => {
  const digits: number[] = [];
  let rest = length;
  do {
    digits.push((rest & 127) | (rest > 127 ? 128 : 0));
    rest >>= 7;
  } while (rest > 0);
  return Buffer.from([type << 4, ...digits, ...Array.from({ length }, (_, i) => i & 255)]);
};
const readAll = (reader: PacketReader): string[] => {
  const packets: string[] = [];
  while (reader.next() === 'packet') packets.push(reader.bytes.toString('hex', reader.start, reader.end));
  return packets;
};

test('property: a stream cut anywhere gives the packets that were put in', () => {
  const streams = fc.array(fc.tuple(fc.integer({ min: 1, max: 15 }), fc.oneof(fc.nat(5), fc.nat(400))), {
    maxLength: 20,
  });
  fc.assert(
    fc.property(streams, fc.infiniteStream(fc.integer({ min: 1, max: 300 })), (sizes, cuts) => {
      const packets = sizes.map(([type, length]) => packet(type, length));
      const stream = Buffer.concat(packets);
      const reader = new PacketReader(1_000);
      const read: string[] = [];
      for (let at = 0; at < stream.length; ) {
        const size = cuts.next().value;
        reader.append(Buffer.from(stream.subarray(at, at + size)));
        read.push(...readAll(reader));
        at += size;
      }
      expect(read).toEqual(packets.map((one) => one.toString('hex')));
      expect(reader.unread).toBe(0);
    }),
  );
});

test('a packet put back is read again, also after more has come', () => {
  const reader = new PacketReader(1_000);
  const [first, second] = [packet(3, 10), packet(12, 0)];
  reader.append(Buffer.concat([first, second.subarray(0, 1)]));
  expect(reader.next()).toBe('packet');
  reader.unreadPacket();
  reader.append(second.subarray(1));
  expect(readAll(reader)).toEqual([first.toString('hex'), second.toString('hex')]);
});

test('a long packet is refused by its header, before its bytes come', () => {
  const reader = new PacketReader(100);
  reader.append(packet(3, 97).subarray(0, 2));
  expect(reader.next()).toBe('incomplete');
  const other = new PacketReader(100);
  other.append(packet(3, 99).subarray(0, 2));
  expect(other.next()).toBe('packet-too-large');
});

test('a reader that cuts gives the beginning of a long packet, drops its rest and reads on', () => {
  const reader = new PacketReader(50, { cuts: true });
  const [long, short] = [packet(3, 300), packet(12, 4)];
  const stream = Buffer.concat([short, long, long, short]);
  const read: string[] = [];
  for (let at = 0; at < stream.length; at += 7) {
    reader.append(Buffer.from(stream.subarray(at, at + 7)));
    while (reader.next() === 'packet') {
      read.push(`${reader.bytes.toString('hex', reader.start, reader.end)} ${reader.isCut}`);
      if (read.length === 2) {
        reader.unreadPacket();
        expect(reader.next()).toBe('packet');
      }
    }
  }
  const whole = `${short.toString('hex')} false`;
  const cut = `${long.toString('hex', 0, 50)} true`;
  expect(read).toEqual([whole, cut, cut, whole]);
  expect(reader.unread).toBe(0);
});

test('a length of five bytes is malformed (MQTT-1.5.5)', () => {
  const reader = new PacketReader(1_000);
  reader.append(Buffer.from([0x30, 0xff, 0xff, 0xff]));
  expect(reader.next()).toBe('incomplete');
  reader.append(Buffer.from([0xff, 0x01]));
  expect(reader.next()).toBe('malformed-packet');
});

test('64 KiB in single bytes cost linear time, and no more than twice the memory', () => {
  const reader = new PacketReader(1 << 20);
  const bytes = packet(3, 65_536);
  const buffers = new Set<Buffer>();
  for (let i = 0; i < bytes.length - 1; i++) {
    reader.append(bytes.subarray(i, i + 1));
    if (reader.next() !== 'incomplete') throw new Error(`read something after ${i + 1} bytes`);
    buffers.add(reader.bytes);
    if (reader.bytes.length > 2 * (i + 1)) throw new Error(`${reader.bytes.length} bytes held for ${i + 1}`);
  }
  expect(buffers.size).toBeLessThan(20);
  reader.append(bytes.subarray(-1));
  expect(reader.next()).toBe('packet');
});
