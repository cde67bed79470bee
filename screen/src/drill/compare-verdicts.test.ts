import type { DrillVerdict, JudgedLine } from '@fenghuo/contracts/drills.ts';
import { expect, test } from 'vitest';
import { compareVerdicts } from './compare-verdicts.ts';

const line = (name: string, found: number | null, ok = true, unit: JudgedLine['unit'] = ''): JudgedLine => ({
  ...{ name, what: { zh: name, en: name }, asked: '≤ 0', found, unit, ok },
});
const verdict = (...judged: JudgedLine[]): DrillVerdict => ({ ok: true, judged });
const turns = (earlier: DrillVerdict, later: DrillVerdict) =>
  compareVerdicts(earlier, later).map(({ name, turn }) => `${name} ${turn}`);

test('kept → not kept is broken, and back is mended, however little the number moved', () => {
  expect(turns(verdict(line('lost', 0)), verdict(line('lost', 1, false)))).toEqual(['lost broken']);
  expect(turns(verdict(line('lost', 1, false)), verdict(line('lost', 0)))).toEqual(['lost mended']);
});

test('a time that moved beyond the noise is told, one within it is not', () => {
  const [before, slower] = [verdict(line('p99', 100, true, 'ms')), verdict(line('p99', 150, true, 'ms'))];
  expect(turns(before, slower)).toEqual(['p99 slower']);
  expect(turns(slower, before)).toEqual(['p99 faster']);
  expect(turns(before, verdict(line('p99', 119, true, 'ms')))).toEqual(['p99 same']);
  expect(turns(before, verdict(line('p99', null, true, 'ms')))).toEqual(['p99 same']);
});

test('what only one of them asked stands at its place', () => {
  const compared = turns(verdict(line('a', 1), line('b', 1)), verdict(line('c', 1), line('b', 1)));
  expect(compared).toEqual(['c new', 'b same', 'a gone']);
});
