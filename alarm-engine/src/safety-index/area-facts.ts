import type { AreaLevel, Words } from '@fenghuo/contracts/words.ts';

/** What an expression of the index may ask of an area, by name; docs/safety-index.md says what each counts. */
export const factNames = [
  'detectors',
  'silent',
  'buildings',
  'open_high',
  'open_medium',
  'open_low',
  'tickets_open',
  'tickets_overdue',
  'tickets_closed',
  'tickets_on_time',
  'false_alarms',
  'upkeep_open',
  'upkeep_assigned',
  'upkeep_overdue',
  'alarms',
  'alarms_repeated',
] as const;
type FactName = (typeof factNames)[number];
export type AreaFacts = Record<FactName, number>;

/** A count in a village, or in what is named by a shorter code and lies in none. */
export interface FactRow {
  fact: FactName;
  area: string;
  count: number;
}

export interface NamedArea {
  area: string;
  level: AreaLevel;
  name: Words;
}

/** The facts of each area: its own, and those of all that lies in it. Pure. */
export function factsOfAreas(areas: readonly NamedArea[], rows: readonly FactRow[]): Map<string, AreaFacts> {
  const facts = new Map(areas.map(({ area }) => [area, noFacts()]));
  for (const { fact, area, count } of rows)
    for (const code of new Set([area.slice(0, 6), area.slice(0, 9), area.slice(0, 12)])) {
      const there = facts.get(code);
      if (there !== undefined) there[fact] += count;
    }
  return facts;
}

function noFacts(): AreaFacts {
  return Object.fromEntries(factNames.map((name) => [name, 0])) as AreaFacts;
}
