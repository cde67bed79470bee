import type { Script } from '../scenario/script.ts';
import type { Evidence } from '../verdict/judge.ts';
import type { Facts } from '../verdict/read-facts.ts';
import type { Verdict } from '../verdict/verdict.ts';
import type { RunMoment } from './run-event.ts';

/** Everything of a run that a report tells. */
export interface RunRecord {
  script: Script;
  seed: string;
  /** What stood there. */
  estate: { detectors: number; cameras: number; buildings: number };
  /** Ms since 1970. */
  startedAt: number;
  endedAt: number;
  /** Run of the drill; null: it was all live. */
  run: string | null;
  /** A look a second. */
  moments: RunMoment[];
  /** When foretold alarms were said, were raised and were seen, from the start; ms, ascending. */
  alarmTimes: { said: number[]; raised: number[]; seen: number[] };
  facts: Facts | null;
  hostile: Record<string, number> | null;
  /** Neither stopped nor cut short nor made smaller: only then are the scenario's counts asked. */
  whole: boolean;
  /** By a person, before its end. */
  stopped: boolean;
  verdict: Verdict;
}

/** Foretold, raised and seen, each from the start. `startedAt`: ms since 1970. */
export function alarmTimesOf(
  { publications, times, facts, seen }: Evidence,
  startedAt: number,
): RunRecord['alarmTimes'] {
  const firstSaid = new Map<string, number>();
  for (const [i, { expects, device, message, drill }] of publications.entries()) {
    const key = `${device} ${message?.kind} ${drill}`;
    if (expects === 'alarm' && !Number.isNaN(times[i]!) && !firstSaid.has(key)) firstSaid.set(key, times[i]!);
  }
  const ascending = (all: Iterable<number>) => [...all].map((at) => at - startedAt).sort((a, b) => a - b);
  const alarms = facts?.alarms ?? [];
  return {
    said: ascending(firstSaid.values()),
    raised: ascending(alarms.map(({ raisedAt }) => raisedAt)),
    seen: ascending(alarms.flatMap(({ id }) => seen?.alarms.get(id) ?? [])),
  };
}
