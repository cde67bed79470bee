import type {
  BacktestReport,
  BookOutcome,
  Difference,
  DifferenceExample,
} from '@fenghuo/contracts/backtest.ts';
import { compareSeverity } from '@fenghuo/contracts/words.ts';
import { type AlarmPair, pairAlarms } from './pair-alarms.ts';
import type { RaisedAlarm, TrialTally } from './trial-tally.ts';

export interface Stretch {
  /** Engine ms; `to` excluded. */
  from: number;
  to: number;
}

/** What of a report comes of the comparison; areas have no names yet. */
export type Comparison = Pick<BacktestReport, 'inForce' | 'candidate' | 'total' | 'byRule' | 'examples'> & {
  byArea: (Difference & { area: string })[];
};

/** Of each kind of difference, so many are told one by one. */
const examplesOfEach = 20;

/** Compares what two books made of a stretch of history. Pure; the same histories give the same, byte for byte. */
export function compareTrials(inForce: TrialTally, candidate: TrialTally, stretch: Stretch): Comparison {
  const total = none();
  const byRule = new Map<string, Difference>();
  const byArea = new Map<string, Difference>();
  const examples: DifferenceExample[] = [];
  for (const pair of pairsWithin(inForce, candidate, stretch)) {
    const alarm = (pair.candidate ?? pair.inForce)!;
    const kind = differenceOf(pair);
    for (const row of [total, rowOf(byRule, alarm.rule), rowOf(byArea, alarm.area.slice(0, townshipDigits))])
      count(row, pair, kind);
    if (kind !== null && total[kind] <= examplesOfEach) examples.push(exampleOf(pair, alarm, kind));
  }
  return {
    inForce: outcomeOf(inForce, stretch),
    candidate: outcomeOf(candidate, stretch),
    total,
    byRule: [...byRule].sort(byKey).map(([rule, row]) => ({ rule, ...row })),
    byArea: [...byArea].sort(byKey).map(([area, row]) => ({ area, ...row })),
    examples,
  };
}

/** Digits of a township's code. */
const townshipDigits = 9;
const byKey = ([a]: [string, unknown], [b]: [string, unknown]) => (a < b ? -1 : 1);
const none = (): Difference => ({ inForce: 0, candidate: 0, added: 0, removed: 0, graver: 0, milder: 0 });

function pairsWithin(inForce: TrialTally, candidate: TrialTally, stretch: Stretch): AlarmPair[] {
  const at = ({ inForce: a, candidate: b }: AlarmPair) =>
    Math.min(a?.raisedAt ?? Number.POSITIVE_INFINITY, b?.raisedAt ?? Number.POSITIVE_INFINITY);
  return pairAlarms(inForce.alarms.values(), candidate.alarms.values())
    .filter((pair) => at(pair) >= stretch.from && at(pair) < stretch.to)
    .sort((a, b) => at(a) - at(b));
}

type DifferenceKind = DifferenceExample['difference'];

function differenceOf({ inForce, candidate }: AlarmPair): DifferenceKind | null {
  if (inForce === null) return 'added';
  if (candidate === null) return 'removed';
  const graver = compareSeverity(candidate.severity, inForce.severity);
  return graver === 0 ? null : graver < 0 ? 'graver' : 'milder';
}

function count(row: Difference, { inForce, candidate }: AlarmPair, kind: DifferenceKind | null): void {
  if (inForce !== null) row.inForce += 1;
  if (candidate !== null) row.candidate += 1;
  if (kind !== null) row[kind] += 1;
}

function rowOf(rows: Map<string, Difference>, key: string): Difference {
  const row = rows.get(key) ?? none();
  rows.set(key, row);
  return row;
}

function exampleOf(pair: AlarmPair, alarm: RaisedAlarm, difference: DifferenceKind): DifferenceExample {
  const { device, rule, area, raisedAt } = alarm;
  const [inForce, candidate] = [pair.inForce?.severity ?? null, pair.candidate?.severity ?? null];
  return { difference, device, rule, area, raisedAt, inForce, candidate };
}

function outcomeOf(tally: TrialTally, { from, to }: Stretch): BookOutcome {
  const alarms = { high: 0, medium: 0, low: 0 };
  for (const { raisedAt, severity } of tally.alarms.values())
    if (raisedAt >= from && raisedAt < to) alarms[severity] += 1;
  return {
    alarms,
    incidents: tally.opened('incidents', from, to),
    tickets: tally.opened('tickets', from, to),
  };
}
