import { alarmKey, type Publication } from '../scenario/script.ts';
import type { FoundAlarm } from './sql/list-alarms.ts';
import type { NamedAlarm } from './verdict.ts';

/** A foretold alarm: when its device said it, ms since 1970, in order. */
export interface Foretold extends NamedAlarm {
  saidAt: number[];
}

export interface MatchedAlarms {
  matched: { alarm: FoundAlarm; saidAt: number }[];
  missed: NamedAlarm[];
  false: NamedAlarm[];
  bySupervision: FoundAlarm[];
}

/** What left and was to make an alarm, by device, kind and world. `times`: device time of each publication; NaN: not left. */
export function foretell(
  publications: readonly Publication[],
  times: ArrayLike<number>,
): Map<string, Foretold> {
  const foretold = new Map<string, Foretold>();
  for (const [i, { expects, message, device, drill }] of publications.entries()) {
    const at = times[i]!;
    if (expects !== 'alarm' || message === null || Number.isNaN(at)) continue;
    const key = alarmKey(device, message.kind, drill);
    const known = foretold.get(key);
    if (known === undefined) foretold.set(key, { device, kind: message.kind, drill, at, saidAt: [at] });
    else known.saidAt.push(at);
  }
  return foretold;
}

/** Holds the alarms that there are against those that were foretold. Pure. */
export function matchAlarms(
  foretold: ReadonlyMap<string, Foretold>,
  alarms: readonly FoundAlarm[],
): MatchedAlarms {
  const found = new Set<string>();
  const result: MatchedAlarms = { matched: [], missed: [], false: [], bySupervision: [] };
  for (const alarm of alarms) {
    const { device, kind, run, raisedAt } = alarm;
    const key = alarmKey(device, kind, run !== null);
    const expected = foretold.get(key);
    if (expected !== undefined) {
      found.add(key);
      result.matched.push({ alarm, saidAt: lastBefore(expected.saidAt, raisedAt) });
    } else if (kind === 'silent' || kind === 'stuck') result.bySupervision.push(alarm);
    else result.false.push({ device, kind, drill: run !== null, at: raisedAt });
  }
  for (const [key, { saidAt: _, ...expected }] of foretold) if (!found.has(key)) result.missed.push(expected);
  return result;
}

/** The saying that raised it: the last one before it; where clocks differ and there is none, the first. */
function lastBefore(saidAt: readonly number[], raisedAt: number): number {
  return saidAt.findLast((at) => at <= raisedAt) ?? saidAt[0]!;
}
