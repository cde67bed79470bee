import type { Queryable } from '../queryable.ts';
import { annunciates } from './seat-hears.ts';

export interface PeriodQuery {
  county: string;
  areaPattern: string;
  /** Milliseconds since 1970, `to` apart. */
  from: number;
  to: number;
}

/** What a device or rule said in a period, and what came of the cases that were closed in it. */
export interface ActorRow {
  subject: string;
  rules: string[];
  annunciations: number;
  /** Of all devices or rules. */
  total: number;
  cases: number;
  falseAlarms: number;
}

/**
 * Devices or rules, live, that are among the first `limit` by annunciations or by false alarms. A case counts once for
 * each device and rule that contributed to it.
 */
export async function listBadActors(
  db: Queryable,
  by: 'device' | 'rule',
  query: PeriodQuery & { limit: number },
): Promise<ActorRow[]> {
  const { rows } = await db.query<ActorRow>(
    `with heard as (
       select t.${by} as subject, array_agg(distinct t.rule order by t.rule) as rules, count(*)::int as n
       from fenghuo.alarm_transition t
       where t.county = $1 and t.run is null and t.area like $2 and ${annunciates('t')}
         and t.at >= to_timestamp($3::float8 / 1000) and t.at < to_timestamp($4::float8 / 1000)
       group by 1
     ), closed as (
       select a.${by} as subject, array_agg(distinct a.rule order by a.rule) as rules, count(distinct t.id)::int as cases,
              (count(distinct t.id) filter (where t.stage = 'false-alarm'))::int as vain
       from fenghuo.ticket t join fenghuo.alarm a on a.incident = t.incident
       where t.county = $1 and t.run is null and a.area like $2
         and t.closed_at >= to_timestamp($3::float8 / 1000) and t.closed_at < to_timestamp($4::float8 / 1000)
       group by 1
     ), ranked as (
       select subject, coalesce(h.rules, c.rules) as rules, coalesce(h.n, 0) as annunciations,
              coalesce(c.cases, 0) as cases, coalesce(c.vain, 0) as "falseAlarms",
              (sum(h.n) over ())::int as total,
              row_number() over (order by h.n desc nulls last, subject) as loud,
              row_number() over (order by c.vain desc nulls last, c.cases, subject) as vain
       from heard h full join closed c using (subject)
     )
     select subject, rules, annunciations, coalesce(total, 0) as total, cases, "falseAlarms"
     from ranked where loud <= $5 or vain <= $5 order by loud`,
    [query.county, query.areaPattern, query.from, query.to, query.limit],
  );
  return rows;
}
