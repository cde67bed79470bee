import type { PublicStatus } from '@fenghuo/contracts/intake.ts';
import { type ReportOutcome, reportStatus } from '../../intake/report-status.ts';
import type { Queryable } from '../queryable.ts';
import { reportOutcomeColumns, reportOutcomeTables } from './report-outcome.ts';

type Row = Omit<PublicStatus, 'status'> & ReportOutcome;

/** What a link opens: one report and what became of it, also while the writer has not taken it yet. Null: nothing. */
export async function findPublicReport(
  db: Queryable,
  { county, link }: { county: string; link: string },
): Promise<PublicStatus | null> {
  const { rows } = await db.query<Row>(
    `select extract(epoch from coalesce(r.at, p.made_at))::float8 * 1000 as at, coalesce(r.what, c.body ->> 'what') as what,
            ${reportOutcomeColumns},
            coalesce((select jsonb_build_object('zh', name_zh, 'en', coalesce(name_en, name_zh)) from fenghuo.building
                      where id = coalesce(r.building, c.body -> 'place' ->> 'building')),
                     (select jsonb_build_object('zh', name_zh, 'en', coalesce(name_en, name_zh))
                      from fenghuo.area where code = coalesce(r.area, $1))) as place
     from fenghuo.report_person p
     left join fenghuo.report r on r.id = p.report ${reportOutcomeTables}
     left join fenghuo.command c on r.id is null and c.answer is null
       and c.id = case when p.report ~ '^report-[0-9a-f-]{36}$' then substr(p.report, 8)::uuid end
     where p.county = $1 and p.link = $2 and coalesce(r.id, c.id::text) is not null`,
    [county, link],
  );
  const row = rows[0];
  if (row === undefined) return null;
  const { at, what, place } = row;
  return { at, what, place, status: reportStatus(row) };
}
