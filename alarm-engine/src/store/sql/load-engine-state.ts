import type {
  AlarmRecord,
  DrillRecord,
  IncidentRecord,
  TicketRecord,
  UpkeepRecord,
} from '@fenghuo/contracts/records.ts';
import type { ClientBase } from 'pg';
import { firstDigest } from '../../audit/chain.ts';
import type { DueItem } from '../../engine/due-heap.ts';
import { Effects } from '../../engine/effects.ts';
import { deviceKey, EngineState } from '../../engine/engine-state.ts';
import { serialKey } from '../../engine/keep-incident.ts';
import { upkeepKey } from '../../engine/keep-up.ts';
import type { Registry } from '../../registry/registry.ts';
import { keptMs } from '../../rules/recent-signals.ts';
import type { Rulebook } from '../../rules/rulebook.ts';
import { listRecentSignals, type StoredSignal } from './list-recent-signals.ts';

export interface StateToLoad {
  registry: Registry;
  /** The one in force. */
  rulebook: Rulebook;
}

/** Records in the order in which they were made: the engine number in their id, then which of that input. */
const byMaking = `length(split_part(id, '.', 1)), id collate "C"`;

/**
 * Rebuilds the open world of a county from the database, as the last commit left it, in the order in which it came
 * about: what is decided after a restart is what would have been decided without.
 */
export async function loadEngineState(
  client: ClientBase,
  { registry, rulebook }: StateToLoad,
): Promise<EngineState> {
  const { code: county } = registry.county;
  const numberOf = (deviceId: string) => registry.numberOf(deviceId);
  const state = new EngineState(rulebook);
  const open = async <T>(table: string, closed: string): Promise<T[]> => {
    const found = await client.query<{ doc: T }>(
      `select doc from fenghuo.${table} where county = $1 and ${closed} is null order by ${byMaking}`,
      [county],
    );
    return found.rows.map((row) => row.doc);
  };
  for (const drill of await open<DrillRecord>('drill', 'ended_at')) state.drills.set(drill.id, drill);
  for (const alarm of await open<AlarmRecord>('alarm', 'closed_at')) {
    state.putAlarm(alarm);
    state.troubled.add(numberOf(alarm.device));
  }
  for (const incident of await open<IncidentRecord>('incident', 'closed_at')) state.putIncident(incident);
  for (const ticket of await open<TicketRecord>('ticket', 'closed_at')) state.putTicket(ticket);
  for (const item of await open<UpkeepRecord>('upkeep', 'closed_at'))
    putUpkeep(state, item, numberOf(item.device));
  const effects = new Effects();
  for (const item of await loadDue(client, county)) {
    state.due.set(item.id, item);
    effects.due.set(item.id, item);
    if (item.kind === 'on-delay') state.troubled.add(numberOf(item.subject));
  }
  for (const [key, serial] of await loadSerials(client, county)) state.serials.set(key, serial);
  for (const signal of await listRecentSignals(client, county, keptMs)) enterSignal(state, registry, signal);
  state.seal(effects, await loadPositions(client, county));
  state.settle();
  return state;
}

function putUpkeep(state: EngineState, item: UpkeepRecord, deviceNo: number): void {
  state.troubled.add(deviceNo);
  state.upkeep.set(upkeepKey(item.run, item.device, item.kind), item);
  if (item.kind === 'stuck') state.stuck.set(deviceKey(item.run, item.device), true);
}

/** As it was entered when its event came; of a drill only while it ran. */
function enterSignal(state: EngineState, registry: Registry, stored: StoredSignal): void {
  const { run, kind, state: reported, late, at, receivedAt } = stored;
  const drill = run === null ? null : state.drills.get(run);
  if (drill === undefined || (drill !== null && receivedAt < drill.startedAt)) return;
  const { no, id, type, floor, lon, lat, building, area } = registry.device(stored.device);
  state.signals.enter(run, {
    ...{ deviceNo: no, device: id, deviceType: type, kind, state: reported, floor, lon, lat, building, area },
    at: late ? Math.min(at, receivedAt) : receivedAt,
    label: registry.cameraCodes.get(id) ?? id,
  });
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
