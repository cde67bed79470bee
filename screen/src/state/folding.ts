import type { FloodRecord } from '@fenghuo/contracts/records.ts';
import type { Words } from '@fenghuo/contracts/words.ts';
import type { OpenIncident } from './open-incidents.ts';

type Foldable = Pick<OpenIncident, 'incident'>;

/** Open incidents as a room in flood is shown them. */
export interface Folding<T extends Foldable = OpenIncident> {
  /** Told one by one, the gravest first. */
  shown: readonly T[];
  /** Told as a number: low ones without a ticket, of the area and run of a flood. */
  folded: readonly T[];
  /** Floods of rooms that the viewer sees: the live before the drills', the fullest first. */
  floods: readonly FloodRecord[];
}

/**
 * A viewer is sent the floods of rooms inside its area alone: the county's wall folds with any of them, a township's with
 * its own, and a village's never. High and medium ones are never folded, nor is one that people were sent to.
 */
export function foldLow<T extends Foldable>(open: readonly T[], floods: Iterable<FloodRecord>): Folding<T> {
  const standing = [...floods].sort(byFullness);
  if (standing.length === 0) return { shown: open, folded: [], floods: standing };
  const { shown = [], folded = [] } = Object.groupBy(open, (one) =>
    isFolded(one, standing) ? 'folded' : 'shown',
  );
  return { shown, folded, floods: standing };
}

function isFolded({ incident }: Foldable, floods: readonly FloodRecord[]): boolean {
  if (incident.severity !== 'low' || incident.ticket !== null) return false;
  return floods.some((flood) => flood.run === incident.run && incident.area.startsWith(flood.area));
}

function byFullness(a: FloodRecord, b: FloodRecord): number {
  return (
    Number(a.run !== null) - Number(b.run !== null) ||
    b.rate - a.rate ||
    a.openedAt - b.openedAt ||
    (a.id < b.id ? -1 : 1)
  );
}

/** What the folded ones are, the most frequent first. */
export function foldedTitles(
  folded: readonly Pick<OpenIncident, 'incident'>[],
): { title: Words; count: number }[] {
  return [...Map.groupBy(folded, ({ incident }) => incident.title.zh).values()]
    .map((same) => ({ title: same[0]!.incident.title, count: same.length }))
    .sort((a, b) => b.count - a.count);
}
