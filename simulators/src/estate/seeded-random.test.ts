import { expect, test } from 'vitest';
import { seededRandom } from './seeded-random.ts';

const draw = (seed: number | string, count = 5) => {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => random.next());
};

test('a seed repeats itself, another seed does not', () => {
  expect(draw(331081)).toEqual(draw(331081));
  expect(draw(331081)).not.toEqual(draw(331082));
});

test('the stream of a seed is fixed for all time, since estates are compared between versions', () => {
  expect(draw(331081, 3)).toEqual([0.9390766522847116, 0.6191527640912682, 0.6886356081813574]);
});

test('a fork depends on its label, not on what was drawn before', () => {
  const [fresh, used] = [seededRandom(7), seededRandom(7)];
  for (let i = 0; i < 100; i++) used.next();
  expect(used.fork('villages').next()).toBe(fresh.fork('villages').next());
  expect(fresh.fork('villages').next()).not.toBe(fresh.fork('roads').next());
});

test('draws are even, and stay within what was asked for', () => {
  const random = seededRandom(1);
  const tally = new Array<number>(10).fill(0);
  for (let i = 0; i < 10_000; i++) {
    const number = random.whole(3, 12);
    expect(number).toBeGreaterThanOrEqual(3);
    expect(number).toBeLessThanOrEqual(12);
    tally[number - 3]!++;
  }
  for (const count of tally) expect(Math.abs(count - 1_000)).toBeLessThan(150);
});

test('a weighted draw follows its weights and never takes a weight of zero', () => {
  const random = seededRandom(2);
  const tally = [0, 0, 0];
  for (let i = 0; i < 4_000; i++) tally[random.weighted([1, 0, 3])]!++;
  expect(tally[1]).toBe(0);
  expect(Math.abs(tally[2]! - 3_000)).toBeLessThan(150);
});
