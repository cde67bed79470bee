import { expect, test } from 'vitest';
import { DeafTimes } from './deaf-times.ts';
import { Ears } from './ears.ts';
import { LastSeen } from './last-seen.ts';

const second = 1000;
const minute = 60 * second;

function listening() {
  const deaf = new DeafTimes();
  const lastSeen = new LastSeen();
  const canHear = { now: true };
  const ears = new Ears({ deaf, lastSeen, canHear: () => canHear.now });
  const at = (now: number, monotonic = now) => ears.listen({ now, monotonic });
  return { deaf, lastSeen, canHear, ears, at };
}

test('heard second by second: nothing was missed', () => {
  const { deaf, ears, at } = listening();
  ears.start({ now: 0, monotonic: 0 }, null);
  for (let now = second; now < minute; now += second) expect(at(now)).toBe(true);
  expect(deaf.between(0, minute)).toBe(0);
});

test('down for an hour: deaf since the last flush, and while devices connect again', () => {
  const { deaf, ears } = listening();
  ears.start({ now: 60 * minute, monotonic: 0 }, 0);
  expect(deaf.between(0, 100 * minute)).toBe(62 * minute);
});

test('intake paused for a minute: deaf for it', () => {
  const { deaf, canHear, ears, at } = listening();
  ears.start({ now: 0, monotonic: 0 }, null);
  for (let now = second; now <= 3 * minute; now += second) {
    canHear.now = now <= minute || now > 2 * minute;
    expect(at(now)).toBe(canHear.now);
  }
  expect(deaf.between(0, 3 * minute)).toBe(minute + second);
});

test('the process stood still, or the clock was set ahead: deaf for it', () => {
  for (const monotonic of [30 * minute, second]) {
    const { deaf, ears, at } = listening();
    ears.start({ now: 0, monotonic: 0 }, null);
    expect(at(30 * minute, monotonic)).toBe(false);
    expect(deaf.between(0, 60 * minute)).toBe(32 * minute);
    expect(at(30 * minute + second, monotonic + second)).toBe(true);
  }
});

test('the clock was put back: nobody was heard in the future', () => {
  const { lastSeen, ears, at } = listening();
  ears.start({ now: 60 * minute, monotonic: 0 }, null);
  lastSeen.touch(0, 60 * minute);
  expect(at(10 * minute, second)).toBe(true);
  expect(lastSeen.at(0)).toBe(10 * minute);
});

test('more spans than are kept: what lies between the oldest counts as deaf, never less', () => {
  const deaf = new DeafTimes();
  for (let i = 0; i < 40; i++) deaf.add(i * 10, i * 10 + 1);
  expect(deaf.between(300, 400)).toBe(10);
  expect(deaf.between(0, 400)).toBeGreaterThanOrEqual(40);
});
