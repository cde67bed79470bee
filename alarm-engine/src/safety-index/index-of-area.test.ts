import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type AreaFacts, factNames, factsOfAreas } from './area-facts.ts';
import { indexOfArea } from './index-of-area.ts';
import { shippedIndexBook } from './shipped-index-book.ts';

const name = { zh: '', en: '' };
const areas = [
  { area: '331081', level: 'county', name },
  { area: '331081100', level: 'township', name },
  { area: '331081100203', level: 'village', name },
] as const;

function factsOf(some: Partial<AreaFacts>): AreaFacts {
  const nothing = factsOfAreas(areas, []).get('331081')!;
  return { ...nothing, ...some };
}

test('a village counts in its township and county, what lies in no village in those only, another’s not at all', () => {
  const facts = factsOfAreas(areas, [
    { fact: 'detectors', area: '331081100203', count: 5 },
    { fact: 'detectors', area: '331081100', count: 2 },
    { fact: 'detectors', area: '331081101207', count: 3 },
    { fact: 'detectors', area: '331081', count: 1 },
  ]);
  expect([...facts.values()].map(({ detectors }) => detectors)).toEqual([11, 7, 5]);
});

test('an area without anything has no value, and says of each part why', () => {
  const { value, parts } = indexOfArea(shippedIndexBook(), factsOf({}));
  expect(value).toBeNull();
  for (const part of parts) expect(part).toMatchObject({ figure: null, score: null, weight: 0, missing: {} });
});

test('quiet and all online: 100 out of the two parts that there is something to tell from, by their weights', () => {
  const { value, parts } = indexOfArea(shippedIndexBook(), factsOf({ detectors: 100 }));
  expect(value).toBe(100);
  expect(parts.filter(({ missing }) => missing === null).map(({ id, weight }) => [id, weight])).toEqual([
    ['online', 0.5],
    ['incidents', 0.5],
  ]);
});

const anything = fc
  .array(fc.integer({ min: 0, max: 5000 }), { minLength: factNames.length, maxLength: factNames.length })
  .map((counts) => factsOf(Object.fromEntries(factNames.map((fact, i) => [fact, counts[i]]))));

test('whatever the facts: value and scores lie in 0 to 100, and the weights that count add up to 1', () => {
  fc.assert(
    fc.property(anything, (facts) => {
      const { value, parts } = indexOfArea(shippedIndexBook(), facts);
      const counted = parts.filter(({ missing }) => missing === null);
      for (const { score } of counted) {
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThanOrEqual(100);
      }
      if (counted.length === 0) return expect(value).toBeNull();
      expect(counted.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 9);
      expect(value).toBeGreaterThanOrEqual(0);
      expect(value).toBeLessThanOrEqual(100);
    }),
  );
});

test('more silence never makes an area safer', () => {
  fc.assert(
    fc.property(anything, (facts) => {
      const worse = { ...facts, silent: facts.silent + 1 };
      const [before, after] = [facts, worse].map((of) => indexOfArea(shippedIndexBook(), of).value ?? 0);
      expect(after).toBeLessThanOrEqual(before!);
    }),
  );
});

/** Rows of a Markdown table below a heading, each a list of its cells. */
function tableBelow(text: string, heading: string): string[][] {
  const [, below = ''] = text.split(`${heading}\n`);
  const lines = below.slice(0, below.indexOf('\n## ') >>> 0).split('\n');
  const rows = lines.filter((line) => line.startsWith('|')).slice(2);
  return rows.map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

test('the worked example of the document is what the shipped index makes of its facts', () => {
  const document = readFileSync(new URL('../../../docs/safety-index.md', import.meta.url), 'utf8');
  const facts = tableBelow(document, '### The facts').map(([fact, count]) => [
    fact!.replaceAll('`', ''),
    Number(count!.replaceAll(',', '')),
  ]);
  const { value, parts } = indexOfArea(shippedIndexBook(), factsOf(Object.fromEntries(facts)));
  const figure = (part: (typeof parts)[number]) => (part.figure === null ? '–' : part.figure.toFixed(3));
  const score = (part: (typeof parts)[number]) => (part.score === null ? '–' : part.score.toFixed(1));
  expect(tableBelow(document, '### The parts')).toEqual([
    ...parts.map((part) => [
      ...[`\`${part.id}\``, figure(part), score(part), part.weight.toFixed(4)],
      ((part.score ?? 0) * part.weight).toFixed(2),
    ]),
    ['平安指数', '', '', '1.0000', `**${value}**`],
  ]);
});
