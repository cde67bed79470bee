import type { ReportCard } from '@fenghuo/contracts/intake.ts';
import type { ReachValues } from '../../access/reach.ts';
import { type ReportOutcome, reportStatus } from '../../intake/report-status.ts';
import type { Queryable } from '../queryable.ts';
import { reportInReach } from './in-reach.ts';
import { reportOutcomeColumns, reportOutcomeTables } from './report-outcome.ts';

/** What is asked for; null: whatever it is. */
export interface ReportQuery extends ReachValues {
  county: string;
  report: string | null;
  incident: string | null;
  /** Only those before this one, which the previous page ended with. */
  before: { at: number; id: string } | null;
  limit: number;
}

/** Reports within reach, newest first, unmasked. */
export async function listReports(db: Queryable, query: ReportQuery): Promise<ReportCard[]> {
  const { rows } = await db.query<Omit<ReportCard, 'status'> & ReportOutcome>(
    `select r.id, extract(epoch from r.at)::float8 * 1000 as at, r.run, r.channel, r.what, r.area, r.building, r.floor,
            r.lon, r.lat, r.taken_by as "takenBy", r.alarm, a.incident, i.case_code as "caseCode",
            case when p.name <> '' or p.phone <> ''
              then jsonb_build_object('name', p.name, 'phone', p.phone) end as caller,
            coalesce(p.words, '') as words, (p.erased_at is not null) as erased, ${reportOutcomeColumns},
            (select coalesce(jsonb_agg(jsonb_build_object('kind', m.kind, 'state', m.state, 'reason', m.reason)
                                       order by m.made_at, m.id), '[]')
             from fenghuo.report_message m where m.report = r.id) as told
     from fenghuo.report r ${reportOutcomeTables}
     left join fenghuo.report_person p on p.report = r.id
     where r.county = $1 and ${reportInReach('r', 'a', { pattern: '$2', unit: '$8' })} and ($3::text is null or r.id = $3)
       and ($4::text is null or a.incident = $4)
       and ($5::float8 is null or (r.at, r.id) < (to_timestamp($5 / 1000), $6))
     order by r.at desc, r.id desc limit $7`,
    [
      ...[query.county, query.areaPattern, query.report, query.incident],
      ...[query.before?.at ?? null, query.before?.id ?? null, query.limit, query.unit],
    ],
  );
  return rows.map(({ stage, incidentClosed, ...card }) => ({
    ...card,
    status: reportStatus({ stage, incidentClosed }),
  }));
}
