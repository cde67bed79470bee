import { expect, test } from 'vitest';
import { type AreaScope, areaPattern, narrowedPattern, sees } from './area-scope.ts';

const county = '331081';
const codes = [
  '',
  county,
  '331081100',
  '331081101',
  '331081100203',
  '331081100203-02',
  '331081100203-021',
  '331082100',
];

const cases: [area: string, seen: string[]][] = [
  [county, codes],
  ['331081100', ['331081100', '331081100203', '331081100203-02', '331081100203-021']],
  ['331081100203', ['331081100203', '331081100203-02', '331081100203-021']],
  ['331081100203-02', ['331081100203-02']],
  ['331082', []],
  ['', []],
];

test.each(cases)('the scope %j sees %j, in memory and in SQL', (area, seen) => {
  const scope: AreaScope = { county, area };
  expect(codes.filter((code) => sees(scope, code))).toEqual(seen);
  const pattern = areaPattern(scope);
  const like = new RegExp(`^${pattern.replaceAll('%', '.*')}$`);
  expect(codes.filter((code) => like.test(code))).toEqual(seen);
});

test.each([
  [county, undefined, '%'],
  [county, '331081100', '331081100%'],
  ['331081100', county, '331081100%'],
  ['331081100', '331081100203-02', '331081100203-02'],
  ['331081100203-02', '331081100', '331081100203-02'],
  ['331081100', '331081101', 'nowhere'],
  [county, '331082100', 'nowhere'],
  ['331081100', '331082', 'nowhere'],
])('in the scope %j, asked for %j: %j', (area, asked, pattern) => {
  expect(narrowedPattern({ county, area }, asked)).toBe(pattern);
});
