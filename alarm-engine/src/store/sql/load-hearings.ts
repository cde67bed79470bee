import type { EventKind, Severity } from '@fenghuo/contracts/words.ts';
import type { ClientBase } from 'pg';

/** Annunciations of one kind, area and moment. */
export interface HeardRow {
  run: string | null;
  area: string;
  severity: Severity;
  kind: EventKind;
  /** Beginning of the bucket, engine milliseconds. */
  at: number;
  count: number;
}

/**
 * What rooms heard within a window that ends with the last input, by buckets, in the order of time; of drills, those
 * that run.
 */
export async function loadHearings(
  client: ClientBase,
  query: { county: string; withinMs: number; bucketMs: number },
): Promise<HeardRow[]> {
  const { rows } = await client.query<HeardRow>(
    `with last as (
       select engine_at as at from fenghuo.input_batch where county = $1 order by last_no desc limit 1
     )
     select t.run, t.area, t.severity, t.kind,
            (floor(extract(epoch from t.at) * 1000 / $3::float8) * $3)::float8 as at, count(*)::int as count
     from fenghuo.alarm_transition t, last
     where t.county = $1 and t.at >= last.at - make_interval(secs => ($2::float8 + $3) / 1000)
       and t.to_state = 'unacknowledged' and t.from_state is distinct from 'unacknowledged'
       and (t.run is null or exists (select from fenghuo.drill d where d.id = t.run and d.ended_at is null))
     group by 1, 2, 3, 4, 5 order by 5`,
    [query.county, query.withinMs, query.bucketMs],
  );
  return rows;
}
