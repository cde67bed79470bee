import { deviceMessage } from '@fenghuo/contracts/device-message.ts';
import { type IPublishPacket, parser } from 'mqtt-packet';
import { expect, test } from 'vitest';
import type { PlannedMessage } from '../flood/message-plan.ts';
import type { Publication } from '../scenario/script.ts';
import { ScriptPace } from './script-pace.ts';
import { ScriptPlan } from './script-plan.ts';
import { ScriptWriter } from './script-writer.ts';

const said = (at: number, device: string, more: Partial<Publication> = {}): Publication => ({
  ...{ at, device, message: { kind: 'smoke', state: 'alarm', value: 5.5, unit: '%/m', attrs: { 说: 'ü' } } },
  ...{ drill: false, expects: 'alarm', moment: 0, ...more },
});
const publications = [
  said(0, '温-1'),
  said(5, 'D2', { drill: true }),
  said(10, '温-1', { message: null }),
  said(20, 'D3', { message: { kind: 'heat', state: 'normal', attrs: { note: 'x'.repeat(300) } } }),
];
const planned: PlannedMessage = { device: 0, seq: 0, alarm: false, weakness: 0, again: 'never' };

test('written for a parser that others wrote: topic, world, id, time; sent again, the same bytes with DUP', () => {
  const writer = new ScriptWriter({ publications, county: '331081', run: 'drill-1' });
  const target = Buffer.alloc(8192);
  let end = 0;
  for (const [device, duplicate] of [
    [0, false],
    [1, false],
    [2, false],
    [3, false],
    [0, true],
  ] as const)
    end = writer.write(
      target,
      end,
      { ...planned, device },
      { packetId: device + 1, timeMs: 1_790_000_000_000 + device, duplicate },
    );
  const packets: IPublishPacket[] = [];
  const reader = parser({ protocolVersion: 4 });
  reader.on('packet', (packet) => packets.push(packet as IPublishPacket));
  reader.parse(target.subarray(0, end));
  expect(packets.map(({ topic, messageId, qos, dup }) => ({ topic, messageId, qos, dup }))).toEqual([
    { topic: 'fenghuo/v1/331081/温-1/event', messageId: 1, qos: 1, dup: false },
    { topic: 'fenghuo-drill/v1/drill-1/~/fenghuo/v1/331081/D2/event', messageId: 2, qos: 1, dup: false },
    { topic: 'fenghuo/v1/331081/温-1/heartbeat', messageId: 3, qos: 1, dup: false },
    { topic: 'fenghuo/v1/331081/D3/event', messageId: 4, qos: 1, dup: false },
    { topic: 'fenghuo/v1/331081/温-1/event', messageId: 1, qos: 1, dup: true },
  ]);
  const message = deviceMessage.parse(JSON.parse(packets[0]!.payload.toString()));
  expect(message).toMatchObject({
    seq: 0,
    ts: 1_790_000_000_000,
    kind: 'smoke',
    value: 5.5,
    attrs: { 说: 'ü' },
  });
  expect(packets[4]!.payload).toEqual(packets[0]!.payload);
  expect(packets[2]!.payload).toHaveLength(0);
  expect([...writer.times]).toEqual([0, 1, 2, 3].map((i) => 1_790_000_000_000 + i));
});

test('a device has one connection in its world, and every message one place', () => {
  const plan = new ScriptPlan(publications, { live: 2, drill: 1 }, 0);
  const places = [0, 1, 2].flatMap((connection) =>
    [0, 1, 2].map((place) => plan.publicationAt(connection, place)),
  );
  expect(places.filter((one) => one !== undefined).sort()).toEqual([0, 1, 2, 3]);
  expect(plan.connectionOf(0)).toBe(plan.connectionOf(2));
  expect(plan.connectionOf(1)).toBe(2);
});

test('due → paused: nothing more, however late → resumed: the rest comes so much later → ended: none', () => {
  const plan = new ScriptPlan(publications, { live: 1, drill: 1 }, 0);
  const pace = new ScriptPace(publications, plan, 1000);
  expect([...pace.due(1005)].sort()).toEqual([0, 1]);
  pace.pause(1007);
  expect([...pace.due(2000)]).toEqual([]);
  expect(pace.intendedAt(0, 1)).toBe(Number.POSITIVE_INFINITY);
  pace.resume(1107);
  expect(pace.intendedAt(0, 1)).toBe(1110);
  expect([...pace.due(1110)]).toEqual([0]);
  expect(pace.isOver()).toBe(false);
  pace.end();
  expect(pace.isOver()).toBe(true);
  expect(pace.intendedAt(0, 2)).toBe(Number.POSITIVE_INFINITY);
});

test('due and not gone → given up: nothing leaves any more, and what was called stays counted', () => {
  const plan = new ScriptPlan(publications, { live: 1, drill: 1 }, 0);
  const pace = new ScriptPace(publications, plan, 1_000);
  pace.due(1_012);
  expect(pace.called).toBe(3);
  expect(pace.intendedAt(0, 0)).toBe(1_000);
  pace.halt();
  expect([pace.intendedAt(0, 0), pace.intendedAt(1, 0)]).toEqual([Infinity, Infinity]);
  expect([pace.called, pace.isOver()]).toEqual([3, true]);
});
