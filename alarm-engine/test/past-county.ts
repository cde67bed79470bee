import { rollUp } from '../src/history/roll-up.ts';
import type { Queryable } from '../src/store/queryable.ts';
import { county } from './small-county.ts';
import { storeEvents } from './stored-events.ts';

/** How much of a county, and how much past it has. */
export interface PastCounty {
  devices: number;
  buildings: number;
  villages: number;
  townships: number;
  events: number;
  days: number;
  /** Ms: when the last event was received. */
  until: number;
}

/** Of the first device; those of the small county come before. */
export const firstDevice = 10;
const firstTownship = 300;

export const townshipCode = (t: number) => `${county}${firstTownship + t}`;
export const villageCode = (v: number, { townships }: PastCounty) =>
  `${townshipCode(v % townships)}${200 + Math.floor(v / townships)}`;

/**
 * Fills the small county with an estate and its past: events come one after the other, evenly, from devices at random;
 * a hundredth is not normal, a fiftieth was late by up to two days, one in 200 has no time of its own, and a few clocks
 * are years off. An alarm for each 200th event, each with four steps. `db` is one connection of the owner.
 */
export async function fillPastCounty(db: Queryable, of: PastCounty): Promise<void> {
  const { devices, buildings, villages, townships } = of;
  await db.query(`
    create function pg_temp.village(v integer) returns text language sql immutable as $$
      select '${county}' || (${firstTownship} + v % ${townships}) || (200 + v / ${townships}) $$;
    update fenghuo.county set created_at = to_timestamp(${of.until / 1000 - of.days * 86_400});
    insert into fenghuo.area (code, county, parent, level, name_zh, name_en, lon, lat)
    select '${county}' || (${firstTownship} + t), '${county}', '${county}', 'township', '镇', 'Town', 121.4, 28.4
    from generate_series(0, ${townships - 1}) as t;
    insert into fenghuo.area (code, county, parent, level, name_zh, name_en, lon, lat)
    select pg_temp.village(v), '${county}', left(pg_temp.village(v), 9), 'village', '村', null, 121.4, 28.4
    from generate_series(0, ${villages - 1}) as v;
    insert into fenghuo.building (id, county, area, name_zh, use, floors, lon, lat, footprint)
    select 'P' || b, '${county}', pg_temp.village(b % ${villages}), '楼', 'residential', 6, 121.4, 28.4, '[]'
    from generate_series(0, ${buildings - 1}) as b;
    insert into fenghuo.device (no, id, county, type, adopted, area, building, floor, lon, lat)
    select ${firstDevice} + d, 'D-' || d, '${county}', ${deviceKind('d')}, true,
           pg_temp.village(d % ${buildings} % ${villages}), 'P' || d % ${buildings}, 1, 121.4, 28.4
    from generate_series(0, ${devices - 1}) as d;
    analyze fenghuo.device`);
  const part = 1_000_000;
  for (let after = 0; after < of.events; after += part)
    await insertEvents(db, of, after, Math.min(of.events, after + part));
  await insertAlarms(db, of);
  await db.query('analyze fenghuo.alarm; analyze fenghuo.alarm_transition; analyze fenghuo.input_batch');
  for (const name of ['events', 'alarms'] as const) while (await rollUp(db, county, name));
  await db.query('analyze fenghuo.event_hour; analyze fenghuo.alarm_hour');
  const { rows } = await db.query<{ name: string }>(
    `select inhrelid::regclass::text as name from pg_inherits
     where inhparent = to_regclass('fenghuo.event') or inhparent = to_regclass('fenghuo.event_chunked')`,
  );
  for (const { name } of rows) await db.query(`analyze ${name}`);
}

/** Two thirds are smoke detectors, and one in a hundred senses gas. */
const deviceKind = (d: string) =>
  `case when ${d} % 100 = 0 then 'gas' when ${d} % 3 = 0 then 'heat' else 'smoke' end`;

/** Numbers in (after, upTo] of all, in batches of a thousand. */
async function insertEvents(db: Queryable, of: PastCounty, after: number, upTo: number): Promise<void> {
  const begin = of.until / 1000 - of.days * 86_400;
  const step = (of.days * 86_400) / of.events;
  await storeEvents(
    db,
    `select ${firstDevice} + d,
           case flags when 1 then received_at - make_interval(secs => no % 172800)
                      when 8 then timestamptz 'epoch' when 2 then timestamptz '2001-01-01' else received_at end,
           no, no, received_at, kind, state, flags::smallint, '', (no % 90)::float8, null::jsonb
    from (
      select no, d, date_trunc('milliseconds', to_timestamp(${begin} + no * ${step}::float8)) as received_at,
             ${deviceKind('d')} as kind,
             case when no % 100 <> 7 then 'normal' when no % 300 = 7 then 'alarm'
                  when no % 300 = 107 then 'fault' else 'test' end as state,
             case when no % 50 = 3 then 1 when no % 200 = 11 then 8 when no % 100000 = 77 then 2 else 0 end as flags
      from (select no, floor(random() * ${of.devices})::integer as d
            from generate_series(${after + 1}, ${upTo}) as no offset 0) as numbered) as event`,
  );
  await db.query(`
    insert into fenghuo.input_batch
      (county, first_no, last_no, engine_at, epoch, events, commands)
    select '${county}', no - 999, no, to_timestamp(${begin} + no * ${step}::float8), 1, 1000, 0
    from generate_series(${after + 1000}, ${upTo}, 1000) as no`);
}

/** Spread evenly: of a village with many alarms by chance the newest are found sooner by time, and no plan is sure. */
async function insertAlarms(db: Queryable, of: PastCounty): Promise<void> {
  const begin = (of.until - of.days * 86_400_000).toFixed(0);
  const step = ((of.days * 86_400_000) / of.events).toFixed(6);
  await db.query(`
    create temporary table past_alarm as
    select n, 'PA-' || n as id, n::bigint * 200 as no, floor(${begin} + n * 200 * ${step}) as at,
           (n::bigint * 7919 % ${of.devices})::integer as d
    from generate_series(1, ${Math.floor(of.events / 200)}) as n;
    insert into fenghuo.alarm (id, county, doc)
    select id, '${county}', jsonb_build_object(
      'id', id, 'run', null, 'rule', ${deviceKind('d')}, 'device', 'D-' || d, 'deviceType', ${deviceKind('d')},
      'kind', ${deviceKind('d')}, 'area', pg_temp.village(d % ${of.buildings} % ${of.villages}),
      'building', 'P' || d % ${of.buildings}, 'floor', 1, 'room', null, 'lon', 121.4, 'lat', 28.4,
      'severity', case when n % 20 = 0 then 'high' when n % 4 = 0 then 'medium' else 'low' end,
      'title', jsonb_build_object('zh', '烟雾告警', 'en', 'Smoke'), 'reasons', '[]'::jsonb,
      'state', case when n % 1000 = 0 then 'unacknowledged' else 'normal' end,
      'condition', false, 'latched', false, 'acknowledged', true, 'shelved', false, 'suppressed', false,
      'outOfService', false, 'value', null, 'unit', null, 'raisedAt', at, 'lastEventAt', at, 'returnedAt', null,
      'acknowledgedAt', null, 'acknowledgedBy', null, 'closedAt', case when n % 1000 = 0 then null else at + 60000 end,
      'incident', 'PI-' || n, 'version', 4)
    from past_alarm;
    insert into fenghuo.alarm_transition
      (county, no, alarm, version, at, device, rule, kind, area, building, severity, from_state, to_state, why, actor)
    select '${county}', no + v, id, v, to_timestamp((at + v * 1000) / 1000), 'D-' || d, ${deviceKind('d')},
           ${deviceKind('d')}, pg_temp.village(d % ${of.buildings} % ${of.villages}), 'P' || d % ${of.buildings},
           case when n % 20 = 0 then 'high' when n % 4 = 0 then 'medium' else 'low' end,
           case when v > 1 then 'unacknowledged' end,
           case v when 1 then 'unacknowledged' when 4 then 'normal' else 'acknowledged' end,
           case v when 1 then 'raise' else 'acknowledge' end, 'engine'
    from past_alarm, generate_series(1, 4) as v order by no, v;
    drop table past_alarm`);
}
