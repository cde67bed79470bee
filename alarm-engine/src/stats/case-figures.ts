import {
  type CasesDealtWith,
  type ResolvingLevel,
  resolvingLevels,
} from '@fenghuo/contracts/case-figures.ts';

/** What was counted of a group of cases. */
export interface CaseCounts {
  opened: number;
  closed: number;
  falseAlarms: number;
  reopened: number;
  onTime: number;
  local: number;
  township: number;
  county: number;
  acknowledgeMedianS: number | null;
  acceptMedianS: number | null;
  arriveMedianS: number | null;
  /** Of the closed ones that were no false alarms: went into another case, which is visited in their stead. */
  merged: number;
  /** Of the closed ones that were no false alarms. */
  followedUp: number;
  satisfied: number;
}

/** Rates and shares of what was counted. Pure. */
export function dealtWith(counts: CaseCounts): CasesDealtWith {
  const { opened, closed, falseAlarms, reopened, onTime, merged, followedUp, satisfied } = counts;
  const { acknowledgeMedianS, acceptMedianS, arriveMedianS } = counts;
  const real = closed - falseAlarms;
  const shareOf = (level: ResolvingLevel) => counts[level] / real;
  return {
    ...{ opened, closed, falseAlarms, reopened },
    closingRate: rate(closed, opened),
    onTimeRate: rate(onTime, closed),
    resolved: byLevel((level) => counts[level]),
    resolvedShares: real === 0 ? null : byLevel(shareOf),
    ...{ acknowledgeMedianS, acceptMedianS, arriveMedianS },
    followUpRate: rate(followedUp, real - merged),
    satisfiedRate: rate(satisfied, followedUp),
  };
}

const rate = (part: number, whole: number) => (whole === 0 ? null : part / whole);

function byLevel(of: (level: ResolvingLevel) => number): Record<ResolvingLevel, number> {
  const [local, township, county] = resolvingLevels.map(of) as [number, number, number];
  return { local, township, county };
}
