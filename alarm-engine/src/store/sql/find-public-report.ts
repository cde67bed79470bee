import type { PublicStatus } from '@fenghuo/contracts/intake.ts';
import { type ReportOutcome, reportStatus } from '../../intake/report-status.ts';
import type { Queryable } from '../queryable.ts';
import { reportOutcomeColumns, reportOutcomeTables } from './report-outcome.ts';

type Row = Omit<PublicStatus, 'status'> & ReportOutcome;

/** What a link opens: one report and what became of it. Null when it opens nothing. */
export async function findPublicReport(
  db: Queryable,
  { county, link }: { county: string; link: string },
): Promise<PublicStatus | null> {
  const { rows } = await db.query<Row>(
    `select extract(epoch from r.at)::float8 * 1000 as at, r.what, ${reportOutcomeColumns},
            coalesce((select jsonb_build_object('zh', name_zh, 'en', coalesce(name_en, name_zh))
                      from fenghuo.building where id = r.building),
                     (select jsonb_build_object('zh', name_zh, 'en', coalesce(name_en, name_zh))
                      from fenghuo.area where code = r.area)) as place
     from fenghuo.report_person p join fenghuo.report r on r.id = p.report ${reportOutcomeTables}
     where p.county = $1 and p.link = $2`,
    [county, link],
  );
  const row = rows[0];
  if (row === undefined) return null;
  const { at, what, place } = row;
  return { at, what, place, status: reportStatus(row) };
}
