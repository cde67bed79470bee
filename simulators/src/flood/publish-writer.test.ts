import { deviceMessage } from '@fenghuo/contracts/device-message.ts';
import { type IPublishPacket, parser } from 'mqtt-packet';
import { expect, test } from 'vitest';
import { DeviceRoll } from './device-roll.ts';
import type { PlannedMessage } from './message-plan.ts';
import { PublishWriter } from './publish-writer.ts';

const roll = new DeviceRoll('331081', [
  { id: '331081001-S-000001', kind: 'smoke' },
  { id: '温-2', kind: 'heat' },
]);

const said: PlannedMessage = { device: 0, seq: 21, alarm: false, weakness: 71, again: 'never' };

/** Written one behind the other, and read by a parser that others wrote. */
function written(...messages: [PlannedMessage, { packetId: number; timeMs: number; duplicate: boolean }][]) {
  const buffer = Buffer.alloc(4096);
  const writer = new PublishWriter(roll);
  let at = 0;
  for (const [message, sending] of messages) at = writer.write(buffer, at, message, sending);
  const packets: IPublishPacket[] = [];
  const reader = parser({ protocolVersion: 4 });
  reader.on('packet', (packet) => packets.push(packet as IPublishPacket));
  reader.parse(buffer.subarray(0, at));
  return packets;
}

test('one message is the native payload on its device’s topic', () => {
  const [packet] = written([said, { packetId: 7, timeMs: 1_790_000_000_123, duplicate: false }]);
  expect(packet).toMatchObject({
    cmd: 'publish',
    qos: 1,
    dup: false,
    retain: false,
    messageId: 7,
    topic: 'fenghuo/v1/331081/331081001-S-000001/event',
  });
  expect(packet!.payload.toString()).toBe(
    '{"seq":21,"ts":1790000000123,"kind":"smoke","value":0.021,"unit":"%/m","state":"normal","attrs":{"rssi":-71}}',
  );
});

test('many in one buffer, of any length of seq; the contract takes them; a redelivery differs in DUP alone', () => {
  const seqs = [1, 9, 10, 99, 100, 999, 1000, 123_456, 9_999_999];
  const packets = written(
    ...seqs.map((seq, i): Parameters<typeof written>[number] => [
      { ...said, seq, alarm: i % 2 === 1, device: i % 2 },
      { packetId: 65_535 - i, timeMs: 1_790_000_000_000 + i, duplicate: i % 3 === 2 },
    ]),
  );
  expect(packets).toHaveLength(seqs.length);
  for (const [i, packet] of packets.entries()) {
    const message = deviceMessage.parse(JSON.parse(packet.payload.toString()));
    expect(message).toMatchObject({ seq: seqs[i], ts: 1_790_000_000_000 + i, value: seqs[i]! / 1000 });
    expect(message.state).toBe(i % 2 === 1 ? 'alarm' : 'normal');
    expect(packet.topic.split('/')[3]).toBe(roll.ids[i % 2]);
    expect(packet.dup).toBe(i % 3 === 2);
  }
});
