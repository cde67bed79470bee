import type { Duty } from '../../chain/roster.ts';
import type { Statement } from '../statement-batch.ts';

/** Writes who is on duty as it now is, by person, and tells screens that the directory changed. */
export function saveDuty(county: string, changed: ReadonlyMap<string, Duty>): Statement {
  return {
    name: 'save-duty',
    text: `
      with kept as (
        insert into fenghuo.duty (person, county, on_duty, post, until, changed_by, changed_at)
        select person, $1, "onDuty", post, to_timestamp(until / 1000), by, to_timestamp(at / 1000)
        from json_to_recordset($2) as d (person text, "onDuty" boolean, post text, until float8, by text, at float8)
        on conflict (person) do update set on_duty = excluded.on_duty, post = excluded.post, until = excluded.until,
          changed_by = excluded.changed_by, changed_at = excluded.changed_at
      )
      select pg_notify('fenghuo_directory', $1 || ':' || fenghuo.bump_directory($1))`,
    values: [county, JSON.stringify([...changed.values()])],
  };
}
