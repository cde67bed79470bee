import fc from 'fast-check';
import { generate, type IPublishPacket } from 'mqtt-packet';
import { expect, test } from 'vitest';
import type { ProtocolVersion } from './control-packet.ts';
import { PacketReader } from './packet-reader.ts';
import { newPublishView, readPublish, readTopicName } from './publish-packet.ts';

const read = (bytes: Buffer, version: ProtocolVersion) => {
  const reader = new PacketReader(100_000);
  const view = newPublishView();
  reader.append(bytes);
  if (reader.next() !== 'packet') throw new Error('not one packet');
  const fault = readPublish(reader, version, view);
  const topic = fault === null ? readTopicName(reader.bytes, view.topicStart, view.topicEnd) : null;
  return { fault, topic, payload: reader.bytes.subarray(view.payloadStart, reader.end), ...view };
};
const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex');

test('property: what mqtt-packet writes is read as it was meant, in both versions', () => {
  const publish = fc.record({
    qos: fc.constantFrom(0, 1, 2),
    retain: fc.boolean(),
    dup: fc.boolean(),
    messageId: fc.integer({ min: 1, max: 65_535 }),
    topic: fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => !/[\0+#\ufffd]/.test(text)),
    payload: fc.uint8Array({ maxLength: 300 }),
    contentType: fc.option(fc.string({ maxLength: 150 }), { nil: undefined }),
  });
  fc.assert(
    fc.property(
      publish,
      fc.constantFrom<ProtocolVersion>(4, 5),
      ({ contentType, payload, ...rest }, version) => {
        const packet = {
          cmd: 'publish',
          ...rest,
          payload: Buffer.from(payload),
          dup: rest.dup && rest.qos > 0,
        } as IPublishPacket;
        if (contentType !== undefined) packet.properties = { contentType };
        expect(read(generate(packet, { protocolVersion: version }), version)).toMatchObject({
          fault: null,
          topic: packet.topic,
          payload: packet.payload,
          qos: packet.qos,
          retain: packet.retain,
          duplicate: packet.dup,
          packetId: packet.qos === 0 ? 0 : packet.messageId,
        });
      },
    ),
  );
});

test.each([
  ['QoS 3 (MQTT-3.3.1-4)', 4, '36 07 0001 61 0001 00 00', 'malformed-packet'],
  ['DUP with QoS 0 (MQTT-3.3.1-2)', 4, '38 04 0001 61 00', 'malformed-packet'],
  ['no room for a topic', 4, '30 01 00', 'malformed-packet'],
  ['a topic longer than the packet', 4, '30 04 0009 61 00', 'malformed-packet'],
  ['no room for the packet id', 4, '32 04 0001 61 00', 'malformed-packet'],
  ['packet id 0 (MQTT-2.3.1-1)', 4, '32 05 0001 61 0000', 'malformed-packet'],
  ['an empty topic (MQTT-4.7.3-1)', 4, '30 02 0000', 'topic-name-invalid'],
  ['no properties in 5', 5, '30 03 0001 61', 'malformed-packet'],
  ['an empty topic without alias', 5, '30 03 0000 00', 'protocol-error'],
  ['a topic alias (MQTT-3.3.2-9)', 5, '30 07 0001 61 03 23 0001', 'topic-alias-invalid'],
  ['a subscription identifier (MQTT-3.3.4-6)', 5, '30 06 0001 61 02 0b 01', 'protocol-error'],
  ['an unknown property', 5, '30 06 0001 61 02 7f 01', 'malformed-packet'],
  ['properties longer than the packet', 5, '30 06 0001 61 09 01 01', 'malformed-packet'],
  ['a property that overruns the others', 5, '30 0a 0001 61 04 03 0002 61 62 78', 'malformed-packet'],
] as const)('%s', (_, version, bytes, fault) => {
  expect(read(hex(bytes), version).fault).toBe(fault);
});

test('a packet that was cut is read but for its end, properties skipped', () => {
  const packet = { topic: 'a/b', payload: Buffer.alloc(500, 'x'), qos: 1, messageId: 9 } as const;
  const whole = { cmd: 'publish', dup: false, retain: true, properties: { contentType: 'text' }, ...packet };
  const reader = new PacketReader(100, { cuts: true });
  const view = newPublishView();
  reader.append(generate(whole as IPublishPacket, { protocolVersion: 5 }));
  expect([reader.next(), readPublish(reader, 5, view)]).toEqual(['packet', null]);
  expect(view).toMatchObject({ qos: 1, packetId: 9, retain: true });
  expect(reader.bytes.toString('utf8', view.payloadStart, reader.end)).toMatch(/^x{70,}$/);
});

test.each([
  ['a wildcard', Buffer.from('a/+/b')],
  ['a wildcard at the end', Buffer.from('a/#')],
  ['NUL (MQTT-1.5.4-2)', Buffer.from('a\0b')],
  ['broken UTF-8 (MQTT-1.5.4-1)', Buffer.from([0x61, 0xc3, 0x28])],
  ['a surrogate in UTF-8', Buffer.from([0xed, 0xa0, 0x80])],
])('a topic name with %s is none', (_, bytes) => {
  expect(readTopicName(bytes, 0, bytes.length)).toBeNull();
});
