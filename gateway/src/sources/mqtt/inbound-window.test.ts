import { expect, test } from 'vitest';
import { InboundWindow } from './inbound-window.ts';
import { encodeReplies, pingresp, type Reply } from './replies.ts';

const bytes = (...replies: (Reply | null | undefined)[]) =>
  encodeReplies(replies.filter((r) => r != null)).toString('hex');

test('QoS 1: received, stored → PUBACK', () => {
  const window = new InboundWindow(10, 4);
  window.received(1, 0x1234);
  expect(window.unacknowledged).toBe(1);
  expect(bytes(window.settled(1, 0x1234))).toBe('40021234');
  expect(window.unacknowledged).toBe(0);
});

test('QoS 2: received, repeated, stored → PUBREC, repeated → PUBREC, released → PUBCOMP, released → not found', () => {
  const window = new InboundWindow(10, 5);
  expect(window.repeated(2, 7)).toBeUndefined();
  window.received(2, 7);
  expect(window.repeated(2, 7)).toBeNull();
  expect(bytes(window.settled(2, 7))).toBe('50020007');
  expect(bytes(window.repeated(2, 7))).toBe('50020007');
  expect(window.unacknowledged).toBe(1);
  expect(bytes(window.released(7))).toBe('70020007');
  expect(window.unacknowledged).toBe(0);
  expect(bytes(window.released(7))).toBe('7003000792');
  expect(window.repeated(2, 7)).toBeUndefined();
});

test('QoS 2: released before PUBREC → a violation; released unknown to 3.1.1 → PUBCOMP', () => {
  const window = new InboundWindow(10, 4);
  window.received(2, 7);
  expect(window.released(7)).toBeNull();
  expect(bytes(window.released(8))).toBe('70020008');
});

test('not taken → 0x87, and the id is free again', () => {
  const window = new InboundWindow(10, 5);
  window.received(1, 1);
  window.received(2, 2);
  expect(bytes(window.refused(1, 1), window.refused(2, 2))).toBe('40030001875003000287');
  expect(window.unacknowledged).toBe(0);
  expect(window.repeated(2, 2)).toBeUndefined();
});

test('more than receive maximum is a violation of MQTT 5 only, QoS 0 of neither', () => {
  for (const [version, expected] of [
    [5, 'receive-maximum-exceeded'],
    [4, null],
  ] as const) {
    const window = new InboundWindow(2, version);
    window.received(1, 1);
    window.received(2, 2);
    expect([window.violation(1), window.violation(0)]).toEqual([expected, null]);
  }
});

test('a client of 3.1.1 that never releases is stopped', () => {
  const window = new InboundWindow(2, 4);
  for (let id = 1; id <= 8; id++) {
    expect(window.violation(2)).toBeNull();
    window.received(2, id);
    window.settled(2, id);
  }
  expect(window.violation(2)).toBe('quota-exceeded');
});

test('answers go out in the order in which they were given', () => {
  const window = new InboundWindow(10, 4);
  window.received(1, 1);
  window.received(2, 2);
  expect(bytes(window.settled(1, 1), pingresp, window.settled(2, 2))).toBe('40020001d00050020002');
});
