import type { Statement } from '../statement-batch.ts';
import { reporterAttempts } from './insert-reports.ts';

/** Has those told who reported what is over now: once a report, whatever opens again. `now` in ms. */
export function tellReporters(county: string, now: number, incidents: readonly string[]): Statement {
  return {
    name: 'tell-reporters',
    text: `
      with made as (
        insert into fenghuo.report_message (id, report, county, kind, made_at)
        select r.id || ':closed', r.id, $1, 'report-closed', to_timestamp($2::float8 / 1000)
        from fenghuo.alarm a
        join fenghuo.report r on r.alarm = a.id and r.run is null
        join fenghuo.report_person p on p.report = r.id and p.phone <> ''
        where a.incident = any (array(select jsonb_array_elements_text($3)))
        on conflict do nothing returning id
      ), jobs as (
        select array_agg(row('tell-reporter', json_build_object('message', id), null, null, ${reporterAttempts}::smallint,
                             null, null, null)::graphile_worker.job_spec) as specs
        from made
      )
      select graphile_worker.add_jobs(specs) from jobs where specs is not null`,
    values: [county, now, JSON.stringify(incidents)],
  };
}
