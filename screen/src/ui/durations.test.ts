import { expect, test } from 'vitest';
import { ageText, clockText, countdownText, secondsOrAge } from './durations.ts';

const units = { minute: '分', hour: '时', day: '天' };
const s = 1_000;
const min = 60 * s;
const h = 60 * min;

test('a running clock', () => {
  expect(clockText(7 * s)).toBe('0:07');
  expect(clockText(12 * min + 5 * s + 999)).toBe('12:05');
  expect(clockText(h + 2 * min + 33 * s)).toBe('1:02:33');
  expect(clockText(-5 * s)).toBe('0:00');
});

test('an age grows coarser with time', () => {
  expect(ageText(59 * min + 59 * s, units)).toBe('59:59');
  expect(ageText(3 * h + 5 * min, units)).toBe('3 时 05 分');
  expect(ageText(52 * h, units)).toBe('2 天 4 时');
});

test('a countdown, due, and overdue', () => {
  expect(countdownText(3 * min + 47.2 * s, units)).toBe('3:48');
  expect(countdownText(0, units)).toBe('0:00');
  expect(countdownText(-250 * s, units)).toBe('+4:10');
  expect(countdownText(-400, units)).toBe('+0:00');
});

test('a countdown far from due is told in one unit', () => {
  expect(countdownText(46 * min, units)).toBe('46 分');
  expect(countdownText(5 * h + 59 * min, units)).toBe('5 时');
  expect(countdownText(72 * h, units)).toBe('3 天');
  expect(countdownText(-46 * min, units)).toBe('+46 分');
});

test('a silence is told in seconds first', () => {
  expect(secondsOrAge(0, units)).toBe('1 s');
  expect(secondsOrAge(11_200, units)).toBe('12 s');
  expect(secondsOrAge(75_000, units)).toBe('1:15');
});
