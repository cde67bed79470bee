import { describe, expect, test } from 'vitest';
import { readIndexBook } from './read-index-book.ts';
import { shippedIndexBook } from './shipped-index-book.ts';

const part = (id: string, weight: number, more = '') => `
  - id: ${id}
    title: { zh: 甲, en: A }
    weight: ${weight}
    needs: detectors > 0
    without: { zh: 无, en: none }
    figure: silent / detectors
    show: percent
    worst: 1
    best: 0${more}`;

const book = (...parts: string[]) => `period: 30 d\nparts:${parts.join('')}\n`;

function errorsOf(text: string): string[] {
  const read = readIndexBook(text);
  return read.ok
    ? []
    : read.errors.map(({ line, column, path, message }) => `${line}:${column} ${path} ${message.en}`);
}

test('the shipped index is read, and its weights add up to 1', () => {
  const { parts, periodMs } = shippedIndexBook();
  expect(parts.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 9);
  expect(periodMs).toBe(30 * 24 * 3_600_000);
});

describe('a faulty one is refused with where', () => {
  test.each([
    [
      'weights that are not 1',
      book(part('a', 0.5), part('b', 0.4)),
      '3:3 parts have weights of 0.9 in all, not of 1',
    ],
    [
      'an unknown fact',
      book(part('a', 1)).replace('silent /', 'silnt /'),
      '8:13 parts.a.figure Unknown variable: silnt',
    ],
    [
      'a figure that is no number',
      book(part('a', 1)).replace('silent / detectors', 'silent > 1'),
      '8:13 parts.a.figure is bool, not double',
    ],
    [
      'a need that is no question',
      book(part('a', 1)).replace('detectors > 0', 'detectors'),
      '6:12 parts.a.needs is double, not bool',
    ],
    [
      'a key that nobody knows',
      book(part('a', 1, '\n    wieght: 2')),
      '12:5 parts.a.wieght is not known here',
    ],
    ['two of one name', book(part('a', 0.5), part('a', 0.5)), '12:9 parts.a.id a is there already'],
    [
      'nothing between worst and best',
      book(part('a', 1)).replace('best: 0', 'best: 1'),
      '11:11 parts.a.best is the same as worst: nothing lies between',
    ],
    [
      'a period that reaches too far back',
      book(part('a', 1)).replace('30 d', '900 d'),
      '1:9 period is nothing, or longer than 92 d',
    ],
  ])('%s', (_, text, error) => {
    expect(errorsOf(text)).toEqual([error]);
  });

  test('no YAML at all, and an empty file', () => {
    expect(errorsOf('parts: [')[0]).toMatch(/^1:9/);
    expect(errorsOf('')).not.toEqual([]);
  });
});
