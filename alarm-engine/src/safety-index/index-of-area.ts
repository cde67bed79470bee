import type { AreaIndex, PartScore } from '@fenghuo/contracts/safety-index.ts';
import type { AreaFacts } from './area-facts.ts';
import type { BookPart, IndexBook } from './index-book.ts';

/**
 * The index of an area out of its facts: each part scores 0 at its worst figure and below, 100 at its best and above, and
 * counts by its weight. What there is nothing to tell from is left out, and the others' weights grow in proportion. Pure.
 */
export function indexOfArea({ parts }: IndexBook, facts: AreaFacts): Pick<AreaIndex, 'value' | 'parts'> {
  const figures = parts.map((part) => ({ part, figure: part.figureOf(facts) }));
  const counted = figures.reduce((sum, { part, figure }) => (figure === null ? sum : sum + part.weight), 0);
  const scores = figures.map(({ part, figure }): PartScore => {
    const { id, without, weight } = part;
    if (figure === null) return { id, figure, score: null, weight: 0, missing: without };
    return { id, figure, score: scoreOf(part, figure), weight: weight / counted, missing: null };
  });
  if (counted === 0) return { value: null, parts: scores };
  const value = scores.reduce((sum, { score, weight }) => sum + (score ?? 0) * weight, 0);
  return { value: Math.round(value * 10) / 10, parts: scores };
}

function scoreOf({ worst, best }: BookPart, figure: number): number {
  return Math.min(100, Math.max(0, (100 * (figure - worst)) / (best - worst)));
}
