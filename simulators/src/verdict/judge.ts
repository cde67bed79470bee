import { LatencyHistogram } from '../flood/latency-histogram.ts';
import {
  type Budgets,
  type Expectation,
  expectations,
  faultBudgets,
  type Leg,
  legs,
  quantiles,
  type Scenario,
} from '../scenario/scenario-schema.ts';
import type { Publication } from '../scenario/script.ts';
import { foretell, type MatchedAlarms, matchAlarms } from './match-alarms.ts';
import { type Facts, incidentsOf } from './read-facts.ts';
import type { Judged, Quantiles, Verdict } from './verdict.ts';

/** Everything that was witnessed of a run: by the generator, by a screen, by the database. */
export interface Evidence {
  /** `expect` is left out where the story was cut short or made smaller: its counts are those of the whole. */
  scenario: Pick<Scenario, 'budgets'> & Partial<Pick<Scenario, 'expect'>>;
  publications: readonly Publication[];
  /** Device time of each publication, ms since 1970; NaN: it has not left. */
  times: ArrayLike<number>;
  acknowledged: ReadonlySet<number>;
  puback: LatencyHistogram;
  resent: number;
  /** Messages that were due and never left: nobody took those before them. */
  unsent: number;
  /** The drill ended under it: what was under way then was neither stored nor is it missed. */
  isCutOff: boolean;
  drainedMs: number;
  /** What bad actors were refused: nothing where there were none. */
  refused: number;
  /** When a screen saw alarms and tickets, by id, ms since 1970; null: there was no socket. */
  seen: { alarms: ReadonlyMap<string, number>; tickets: ReadonlyMap<string, number> } | null;
  facts: Facts | null;
}

/** Decides. Pure: what could not be checked is not passed. */
export function judge(evidence: Evidence): Verdict {
  const { publications, times, acknowledged, facts, seen, isCutOff } = evidence;
  const heardAt = isCutOff ? Array.from(times, (at, i) => (acknowledged.has(i) ? at : Number.NaN)) : times;
  const foretold = foretell(publications, heardAt);
  const matched = facts === null ? null : matchAlarms(foretold, facts.alarms);
  const left = publications.flatMap(({ message }, i) => (Number.isNaN(times[i]!) ? [] : [{ message, i }]));
  const events = left.filter(({ message }) => message !== null);
  const heardOf = matched === null || seen === null ? null : heard(matched, seen.alarms);
  const measured = {
    published: events.length,
    acknowledged: events.filter(({ i }) => acknowledged.has(i)).length,
    stored: facts?.stored.stored ?? null,
    lost: facts?.stored.lost ?? null,
    duplicated: facts?.stored.duplicated ?? null,
    heartbeats: left.length - events.length,
    resent: evidence.resent,
    unsent: evidence.unsent,
    latency: latenciesOf(evidence, matched),
    alarms: {
      expected: foretold.size,
      raised: facts?.alarms.length ?? null,
      missed: matched?.missed.length ?? null,
      false: matched?.false.length ?? null,
      bySupervision: matched?.bySupervision.length ?? null,
      seen: heardOf,
    },
    counts: countsOf(evidence),
    missed: matched?.missed ?? [],
    false: matched?.false ?? [],
  };
  const judged = [...judgeBudgets(evidence, measured), ...judgeExpectations(evidence, measured.counts)];
  return { ok: judged.every(({ ok }) => ok), ...measured, judged };
}

/** The lines of a verdict before there is anything to judge. */
export function judgedBy(budgets: Budgets): Judged[] {
  return judge({
    ...{ scenario: { budgets }, publications: [], times: [], acknowledged: new Set<number>() },
    ...{ puback: new LatencyHistogram(), resent: 0, unsent: 0, isCutOff: false, drainedMs: 0, refused: 0 },
    ...{ seen: null, facts: null },
  }).judged;
}

type Measured = Omit<Verdict, 'ok' | 'judged'>;

function heard({ matched }: MatchedAlarms, seen: ReadonlyMap<string, number>): number {
  return matched.filter(({ alarm }) => seen.has(alarm.id)).length;
}

function countsOf({ facts, refused }: Evidence): Record<Expectation, number | null> {
  return {
    alarms: facts?.alarms.length ?? null,
    incidents: facts === null ? null : incidentsOf(facts.alarms).length,
    tickets: facts?.tickets.length ?? null,
    messages: facts?.aftermath.messages ?? null,
    opening_messages: facts?.aftermath.openingMessages ?? null,
    upkeep: facts?.aftermath.upkeep ?? null,
    quarantined: facts?.aftermath.quarantined ?? null,
    refused,
  };
}

/** An alarm raised earlier than this before it was said stood before the run, and says nothing about speed. */
const clockSkewMs = 1_000;

/** From when a device was meant to speak to each thing that came of it. */
function latenciesOf(evidence: Evidence, matched: MatchedAlarms | null): Record<Leg, Quantiles> {
  const histograms = {
    alarm: new LatencyHistogram(),
    ticket: new LatencyHistogram(),
    screen: new LatencyHistogram(),
  };
  const { facts, seen } = evidence;
  for (const { alarm, saidAt } of matched?.matched ?? []) {
    if (alarm.raisedAt < saidAt - clockSkewMs) continue;
    const seenAt = seen?.alarms.get(alarm.id);
    histograms.alarm.record((alarm.raisedAt - saidAt) * 1000);
    if (seenAt !== undefined) histograms.screen.record((seenAt - saidAt) * 1000);
  }
  if (facts !== null && matched !== null) recordTickets(histograms.ticket, facts, matched);
  return {
    puback: quantilesOf(evidence.puback),
    alarm: quantilesOf(histograms.alarm),
    ticket: quantilesOf(histograms.ticket),
    screen: quantilesOf(histograms.screen),
  };
}

/**
 * A ticket that opens at once opens in the batch of the alarm that made its incident high. One that opens in no
 * alarm's batch was opened by the clock, since nobody looked, and says nothing about speed.
 */
function recordTickets(histogram: LatencyHistogram, { tickets }: Facts, { matched }: MatchedAlarms): void {
  const byMoment = new Map<string, number>();
  for (const { alarm, saidAt } of matched) byMoment.set(`${alarm.incident} ${alarm.raisedAt}`, saidAt);
  for (const { incident, openedAt } of tickets) {
    const saidAt = byMoment.get(`${incident} ${openedAt}`);
    if (saidAt !== undefined) histogram.record((openedAt - saidAt) * 1000);
  }
}

function quantilesOf(histogram: LatencyHistogram): Quantiles {
  const at = (part: number) =>
    histogram.count === 0 ? null : Math.round(histogram.quantileMs(part) * 10) / 10;
  return { count: histogram.count, p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) };
}

function judgeBudgets(
  { scenario, facts, seen, drainedMs, isCutOff }: Evidence,
  measured: Measured,
): Judged[] {
  const { budgets } = scenario;
  const { published, acknowledged, unsent, lost, duplicated, alarms } = measured;
  const unheard = alarms.seen === null ? null : alarms.expected - (alarms.missed ?? 0) - alarms.seen;
  const found = {
    ...{ lost, duplicated, missed: alarms.missed, false: alarms.false },
    unheard: seen === null ? null : unheard,
    forged: facts?.aftermath.forged ?? null,
  };
  const faults = faultBudgets.flatMap((name): Judged[] => {
    const most = budgets[name];
    return most === undefined ? [] : [atMost(name, most, found[name], '')];
  });
  const unacknowledged = isCutOff ? [] : [atMost('unacknowledged', 0, published - acknowledged + unsent, '')];
  const drills = atMost('drill_messages', 0, facts?.aftermath.drillMessages ?? null, '');
  const drained = budgets.drained === undefined ? [] : [atMost('drained', budgets.drained, drainedMs, 'ms')];
  return [...faults, ...unacknowledged, drills, ...drained, ...judgeTimes(budgets, measured)];
}

/** A time of which there was nothing to measure is kept: nothing was late. What could not be measured is not. */
function judgeTimes(budgets: Budgets, { latency, alarms }: Measured): Judged[] {
  return legs.flatMap((leg) =>
    quantiles.flatMap((quantile): Judged[] => {
      const most = budgets[`${leg}_${quantile}`];
      if (most === undefined) return [];
      const blind = leg === 'screen' ? alarms.seen === null : leg !== 'puback' && alarms.raised === null;
      const judged = atMost(`${leg}_${quantile}`, most, latency[leg][quantile], 'ms');
      return [latency[leg].count === 0 && !blind ? { ...judged, ok: true } : judged];
    }),
  );
}

function atMost(name: string, most: number, found: number | null, unit: Judged['unit']): Judged {
  const asked = most === 0 ? '= 0' : `≤ ${most} ${unit}`.trim();
  return { name, kind: 'budget', asked, found, unit, ok: found !== null && found <= most };
}

function judgeExpectations({ scenario }: Evidence, counts: Measured['counts']): Judged[] {
  return expectations.flatMap((name): Judged[] => {
    const expected = scenario.expect?.[name];
    if (expected === undefined) return [];
    const { at_least: least, at_most: most } = expected;
    const found = counts[name];
    const open = most === Number.MAX_SAFE_INTEGER;
    const asked = least === most ? `= ${least}` : open ? `≥ ${least}` : `${least} … ${most}`;
    const ok = found !== null && found >= least && found <= most;
    return [{ name, kind: 'expectation', asked, found, unit: '', ok }];
  });
}
