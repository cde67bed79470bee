import type { Act, Moment } from './act.ts';
import { byBeginning } from './plan-day.ts';

const dayS = 86_400;

/** Simulated days that begin at `startS` of day 0 when it is `startedAt`, and run `factor` times as fast. */
export interface DayClock {
  /** Real milliseconds since 1970. */
  startedAt: number;
  /** Simulated second of day 0 at which the clock began. */
  startS: number;
  factor: number;
}

/**
 * Where a simulated day begins: with real time it is the hour that it is; with compressed time a quarter to
 * eleven, so that nobody who starts a demo at night looks at a sleeping county.
 */
export function openingSecond(factor: number, now: Date): number {
  if (factor !== 1) return 10.75 * 3600;
  return now.getHours() * 3600 + now.getMinutes() * 60 + now.getSeconds();
}

/** When a moment of day `day` is, in real milliseconds since 1970. */
export function realTime(
  { startedAt, startS, factor }: DayClock,
  day: number,
  { atS, afterS }: Moment,
): number {
  return startedAt + ((day * dayS + atS - startS) / factor + afterS) * 1000;
}

/** What a person who just started a demo sees first, and after how many real seconds. */
const opening = [
  { story: 'nuisance', afterS: 8 },
  { story: 'supply', afterS: 20 },
  { story: 'fire', afterS: 60 },
] as const;

/**
 * The rest of the first day: what began before its opening is left out, and the next happening of each story
 * in {@link opening} is brought forward, so that the first minutes are not empty. Counts stay as they are.
 */
export function openDay(acts: readonly Act[], { startS, factor }: DayClock): Act[] {
  const happenings = [...Map.groupBy(acts, (act) => act.happening).values()];
  const begins = (happening: Act[]) => happening[0]!.begins.atS;
  const brought = new Map<Act[], number>();
  for (const { story, afterS } of opening) {
    const ofStory = happenings.filter((happening) => happening[0]!.story === story);
    const next = ofStory.find((happening) => begins(happening) >= startS) ?? ofStory[0];
    if (next !== undefined) brought.set(next, startS + afterS * factor - begins(next));
  }
  return happenings
    .filter((happening) => brought.has(happening) || begins(happening) >= startS)
    .flatMap((happening) => happening.map((act) => shifted(act, brought.get(happening) ?? 0)))
    .sort(byBeginning);
}

function shifted(act: Act, byS: number): Act {
  const shift = (moment: Moment): Moment => ({ ...moment, atS: moment.atS + byS });
  return { ...act, begins: shift(act.begins), ends: shift(act.ends) };
}
