import type { Statement } from '../statement-batch.ts';

/** Asks for the reports of cases that were closed at `now`, ms; they are made after the commit. */
export function askForReports(
  county: string,
  now: number,
  reports: readonly { incident: string; round: number }[],
): Statement {
  return {
    name: 'ask-for-reports',
    text: `
      insert into fenghuo.case_report (incident, round, county, closed_at)
      select incident, round, $1, to_timestamp($2::float8 / 1000)
      from json_to_recordset($3) as r (incident text, round integer)
      on conflict (incident, round) do update set closed_at = excluded.closed_at, doc = null`,
    values: [county, now, JSON.stringify(reports)],
  };
}
