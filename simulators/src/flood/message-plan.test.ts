import { expect, test } from 'vitest';
import { MessagePlan, type MessagePlanOptions, type PlannedMessage } from './message-plan.ts';

const options: MessagePlanOptions = {
  devices: 1003,
  connections: 7,
  seed: 'test',
  alarmShare: 0.05,
  redeliver: 0.02,
  firstSeq: 10,
};

function messages(rounds: number, more: Partial<MessagePlanOptions> = {}): PlannedMessage[] {
  const plan = new MessagePlan({ ...options, ...more });
  const all: PlannedMessage[] = [];
  for (let connection = 0; connection < options.connections; connection++)
    for (let place = 0; place < plan.devicesOf(connection) * rounds; place++) {
      const message: PlannedMessage = { device: 0, seq: 0, alarm: false, weakness: 0, again: 'never' };
      plan.read(connection, place, message);
      all.push(message);
    }
  return all;
}

test('the same seed says the same, another seed something else', () => {
  expect(messages(3)).toEqual(messages(3));
  expect(messages(3)).not.toEqual(messages(3, { seed: 'other' }));
});

test('each round takes every device once, with the next seq', () => {
  const all = messages(4);
  const keys = new Set(all.map(({ device, seq }) => `${device}/${seq}`));
  expect(all).toHaveLength(4 * 1003);
  expect(keys.size).toBe(4 * 1003);
  expect([...new Set(all.map(({ seq }) => seq))].sort()).toEqual([10, 11, 12, 13]);
});

test('alarms: the share in each round, each device once in all rounds, none thereafter', () => {
  const alarms = messages(60).filter(({ alarm }) => alarm);
  expect(new Set(alarms.map(({ device }) => device)).size).toBe(1003);
  expect(alarms).toHaveLength(1003);
  for (let round = 0; round < 20; round++) {
    const share = alarms.filter(({ seq }) => seq === 10 + round).length / 1003;
    expect(share).toBeGreaterThan(0.02);
    expect(share).toBeLessThan(0.09);
  }
  expect(alarms.some(({ seq }) => seq >= 30)).toBe(false);
  expect(messages(3, { alarmShare: 0 }).some(({ alarm }) => alarm)).toBe(false);
});

test('redeliveries: the share, half of them at once and half when acknowledged', () => {
  const all = messages(40);
  const share = (again: PlannedMessage['again']) =>
    all.filter((message) => message.again === again).length / all.length;
  expect(share('at-once')).toBeCloseTo(0.01, 2);
  expect(share('after')).toBeCloseTo(0.01, 2);
  expect(messages(2, { redeliver: 0 }).every(({ again }) => again === 'never')).toBe(true);
});
