import { expect, test } from 'vitest';
import { FullPace, SteadyPace } from './pace.ts';

const steady = () => new SteadyPace({ startsAt: 1000, durationMs: 2000, rate: 500, connections: 3, turn: 4 });

test('by the clock: every message has its own moment, evenly from the start to the end, none twice', () => {
  const pace = steady();
  const moments = [];
  for (let connection = 0; connection < 3; connection++)
    for (let place = 0; place < 400; place++) {
      const at = pace.intendedAt(connection, place);
      if (at < Number.POSITIVE_INFINITY) moments.push(at);
    }
  moments.sort((a, b) => a - b);
  expect(moments).toHaveLength(1000);
  for (const [i, at] of moments.entries()) expect(at).toBeCloseTo(1000 + i * 2, 6);
});

test('by the clock: the turns that have come name their connections, also after a long pause', () => {
  const pace = steady();
  expect([...pace.due(999)]).toEqual([]);
  expect([...pace.due(1000)]).toEqual([0]);
  expect([...pace.due(1009)]).toEqual([0, 1]);
  expect([...pace.due(1900)].sort()).toEqual([0, 1, 2]);
});

test('by the clock: over when the last message was due; ended early, what was due by then still counts', () => {
  const pace = steady();
  expect(pace.isOver(2997)).toBe(false);
  expect(pace.isOver(2998)).toBe(true);
  const ended = steady();
  ended.end(1100);
  expect(ended.isOver(1100)).toBe(true);
  expect(ended.intendedAt(0, 0)).toBe(1000);
  expect(ended.intendedAt(0, 200)).toBe(Number.POSITIVE_INFINITY);
});

test('at full pace a message is meant for now, until the end', () => {
  const pace = new FullPace(2000);
  expect(pace.intendedAt(0, 7, 1999)).toBe(1999);
  expect(pace.intendedAt(0, 7, 2000)).toBe(Number.POSITIVE_INFINITY);
  expect(pace.isOver(1999)).toBe(false);
  pace.end(1500);
  expect(pace.isOver(1500)).toBe(true);
});
