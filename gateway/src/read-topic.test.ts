import { expect, test } from 'vitest';
import { DeviceIndex } from './device-index.ts';
import { LiveTopics, readTopic } from './read-topic.ts';

const devices = new DeviceIndex();
for (const id of ['S-1', '331081001-S-000001', '烟感-1', 'heartbeat']) devices.add(id);
const topics = new LiveTopics(devices, '331081');

const read = (topic: string) => {
  const bytes = Buffer.from(`..${topic}..`);
  return topics.read(bytes, 2, bytes.length - 2);
};

test.each([
  'fenghuo/v1/331081/S-1/event',
  'fenghuo/v1/331081/331081001-S-000001/heartbeat',
  'fenghuo/v1/331081/heartbeat/heartbeat',
])('%s: read off its bytes as off its text', (topic) => {
  const live = read(topic)!;
  const { full, original, run, address } = readTopic(topic);
  expect(live).toMatchObject({ full, original, run });
  expect(live.address).toMatchObject({ ...address });
});

test.each([
  'fenghuo/v1/331081/S-2/event',
  'fenghuo/v1/331081/烟感-1/event',
  'fenghuo/v1/331082/S-1/event',
  'fenghuo/v1/331081/S-1/command',
  'fenghuo/v1/331081/S-1/x/event',
  'fenghuo/v1/331081//event',
  'fenghuo/v1/331081/event',
  'fenghuo/v1/331081/heartbeat',
  'fenghuo/v1/331081/',
  'fenghuo-drill/v1/r1/~/fenghuo/v1/331081/S-1/event',
  'xfenghuo/v1/331081/S-1/event',
  '',
])('%s: left to the text', (topic) => expect(read(topic)).toBeNull());
