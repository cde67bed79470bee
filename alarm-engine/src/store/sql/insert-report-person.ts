import type { Queryable } from '../queryable.ts';

/** Who reported and what they said, beside the record. `link` opens the status of the report. */
export interface ReportPerson {
  county: string;
  report: string;
  name: string;
  phone: string;
  words: string;
  link: string;
}

/**
 * Keeps who reports, before the writer takes what they report, and lets go of rows that no report has named for a day.
 * Gives the link that stands: of a report that is sent again, the first.
 */
export async function insertReportPerson(db: Queryable, person: ReportPerson): Promise<string | null> {
  const { county, report, name, phone, words, link } = person;
  const { rows } = await db.query<{ link: string | null }>({
    name: 'insert-report-person',
    text: `with gone as (
             delete from fenghuo.report_person p
             where made_at < now() - interval '1 day' and erased_at is null and county = $1
               and not exists (select from fenghuo.report r where r.id = p.report)
           )
           insert into fenghuo.report_person as p (county, report, name, phone, words, link)
           values ($1, $2, $3, $4, $5, $6)
           on conflict (report) do update set report = excluded.report returning p.link`,
    values: [county, report, name, phone, words, link],
  });
  return rows[0]!.link;
}
