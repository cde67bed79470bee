import type { HoldRecord, UpkeepRecord } from '@fenghuo/contracts/records.ts';
import type { ClientBase } from 'pg';
import { bucketMs } from '../../alarms/flood-control.ts';
import { firstDigest } from '../../audit/chain.ts';
import type { DueItem } from '../../engine/due-heap.ts';
import { type EngineState, returnableMs } from '../../engine/engine-state.ts';
import { serialKey } from '../../engine/keep-incident.ts';
import { type OpenWorld, rebuildState, type Surrounding } from '../../engine/rebuild-state.ts';
import { keptMs } from '../../rules/recent-signals.ts';
import { listDuty } from './list-duty.ts';
import { listRecentSignals } from './list-recent-signals.ts';
import { listUnreadBroadcasts } from './list-unread-broadcasts.ts';
import { loadHearings } from './load-hearings.ts';

/** Records in the order in which they were made: the engine number in their id, then which of that input. */
const byMaking = `length(split_part(id, '.', 1)), id collate "C"`;

/**
 * Rebuilds the open world of a county from the database, as the last commit left it, in the order in which it came
 * about: what is decided after a restart is what would have been decided without.
 */
export async function loadEngineState(client: ClientBase, surrounding: Surrounding): Promise<EngineState> {
  const { registry, rulebook } = surrounding;
  const { code: county } = registry.county;
  const open = async <T>(table: string, closed = 'closed_at'): Promise<T[]> => {
    const found = await client.query<{ doc: T }>(
      `select doc from fenghuo.${table} where county = $1 and ${closed} is null order by ${byMaking}`,
      [county],
    );
    return found.rows.map((row) => row.doc);
  };
  const world: OpenWorld = {
    drills: await open('drill', 'ended_at'),
    holds: await open('hold', 'ended_at'),
    alarms: await open('alarm'),
    incidents: await open('incident'),
    tickets: await open('ticket'),
    upkeep: await open('upkeep'),
    resolvedUpkeep: await loadResolvedUpkeep(client, county),
    duty: await listDuty(client, county),
    due: await loadDue(client, county),
    serials: await loadSerials(client, county),
    floods: await open('flood'),
    broadcasts: await open('broadcast'),
    unread: await listUnreadBroadcasts(client, county),
    heard: await loadHearings(client, { county, withinMs: rulebook.flood.withinMs, bucketMs }),
    pastHolds: await loadPastHolds(client, county),
    signals: await listRecentSignals(client, county, keptMs),
    positions: await loadPositions(client, county),
  };
  return rebuildState(world, surrounding);
}

/** Holds that ended within the time of which signals are kept. */
async function loadPastHolds(client: ClientBase, county: string): Promise<HoldRecord[]> {
  const found = await client.query<{ doc: HoldRecord }>(
    `select doc from fenghuo.hold, (
       select engine_at from fenghuo.input_batch where county = $1 order by last_no desc limit 1
     ) as newest
     where county = $1 and ended_at >= newest.engine_at - $2 * interval '1 ms' order by ended_at`,
    [county, keptMs],
  );
  return found.rows.map(({ doc }) => doc);
}

/** Orders of upkeep whose work may still be refused. */
async function loadResolvedUpkeep(client: ClientBase, county: string): Promise<UpkeepRecord[]> {
  const found = await client.query<{ doc: UpkeepRecord }>(
    `select doc from fenghuo.upkeep, (
       select engine_at from fenghuo.input_batch where county = $1 order by last_no desc limit 1
     ) as newest
     where county = $1 and closed_at >= newest.engine_at - $2 * interval '1 ms' and doc -> 'resolved' <> 'null'
     order by closed_at, ${byMaking}`,
    [county, returnableMs],
  );
  return found.rows.map(({ doc }) => doc);
}

async function loadDue(client: ClientBase, county: string): Promise<DueItem[]> {
  const found = await client.query<DueItem>(
    `select id, (extract(epoch from due_at) * 1000)::float8 as at, kind, subject, detail from fenghuo.due where county = $1`,
    [county],
  );
  return found.rows;
}

/**
 * Highest case serial of each day, live and drill apart. All days: a clock that was wrong once must not make a
 * code twice. A scan of the incidents: 0.2 to 0.4 s for 500,000.
 */
async function loadSerials(client: ClientBase, county: string): Promise<[string, number][]> {
  const found = await client.query<{ drill: boolean; day: string; serial: number }>(
    `select run is not null as drill, split_part(case_code, '-', 2) as day,
            max(split_part(case_code, '-', 3)::int) as serial
     from fenghuo.incident
     where county = $1 group by 1, 2`,
    [county],
  );
  return found.rows.map((row) => [serialKey(row.drill, row.day), row.serial]);
}

async function loadPositions(client: ClientBase, county: string) {
  const found = await client.query<{ engine: number; change: number; audit: number; digest: Buffer | null }>(
    `select coalesce((select max(last_no) from fenghuo.input_batch where county = $1), 0) as engine,
            coalesce((select max(no) from fenghuo.change_log where county = $1), 0) as change,
            coalesce((select max(no) from fenghuo.audit where county = $1), 0) as audit,
            (select digest from fenghuo.audit_link where county = $1 order by batch desc limit 1) as digest`,
    [county],
  );
  const row = found.rows[0]!;
  return {
    engineNo: Number(row.engine),
    changeNo: Number(row.change),
    auditNo: Number(row.audit),
    auditDigest: row.digest ?? firstDigest,
  };
}
