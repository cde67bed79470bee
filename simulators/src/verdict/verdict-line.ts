import { legs, quantiles } from '../scenario/scenario-schema.ts';
import type { RunRecord } from '../scenario-run/run-record.ts';

/** The verdict as one flat object for programs; names as in docs/scenarios.md. */
export function verdictLine(scenario: string, record: RunRecord) {
  const { verdict, seed, run, whole } = record;
  const {
    ok,
    published,
    acknowledged,
    stored,
    lost,
    duplicated,
    heartbeats,
    resent,
    unsent,
    alarms,
    counts,
  } = verdict;
  const times = legs.flatMap((leg) =>
    quantiles.map((quantile) => [`${leg}_${quantile}_ms`, verdict.latency[leg][quantile]] as const),
  );
  return {
    ...{ ok, whole, scenario, seed, drill: run },
    ...{ published, acknowledged, unacknowledged: published - acknowledged, stored, lost, duplicated },
    ...{ unsent, heartbeats, resent },
    ...Object.fromEntries(times),
    alarms: {
      ...{ expected: alarms.expected, raised: alarms.raised, missed: alarms.missed, false: alarms.false },
      ...{ by_supervision: alarms.bySupervision, seen: alarms.seen },
    },
    ...{ incidents: counts.incidents, tickets: counts.tickets, messages: counts.messages },
    opening_messages: counts.opening_messages,
    ...{ upkeep: counts.upkeep, quarantined: counts.quarantined, hostile: record.hostile },
    budgets: verdict.judged.map(({ name, asked, found, ok: kept }) => ({ name, asked, found, ok: kept })),
    seconds: Math.round((record.endedAt - record.startedAt) / 100) / 10,
  };
}
