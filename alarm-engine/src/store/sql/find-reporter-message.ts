import type { ReporterMessage } from '@fenghuo/contracts/intake.ts';
import { type ReportOutcome, reportStatus } from '../../intake/report-status.ts';
import type { Queryable } from '../queryable.ts';
import { reportOutcomeColumns, reportOutcomeTables } from './report-outcome.ts';

/** A message to whoever reported that waits. */
export interface WaitingReporterMessage extends Omit<ReporterMessage, 'person'> {
  /** Made so far. */
  attempts: number;
  /** The county's people are invented. */
  demo: boolean;
  /** Null when they were erased. */
  person: ReporterMessage['person'] | null;
}

type Row = Omit<WaitingReporterMessage, 'report'> &
  ReportOutcome & { report: Omit<ReporterMessage['report'], 'status'> };

/** A message that still waits; null when it is settled. The first says that the report has come in, whatever came after. */
export async function findReporterMessage(db: Queryable, id: string): Promise<WaitingReporterMessage | null> {
  const { rows } = await db.query<Row>(
    `select m.id, m.kind, m.attempts, extract(epoch from m.made_at)::float8 * 1000 as at, c.demo,
            case when p.phone <> '' then jsonb_build_object('name', p.name, 'phone', p.phone) end as person,
            jsonb_build_object('id', r.id, 'what', r.what, 'link', '/report?s=' || coalesce(p.link, '')) as report,
            ${reportOutcomeColumns}
     from fenghuo.report_message m
     join fenghuo.county c on c.code = m.county
     join fenghuo.report r on r.id = m.report ${reportOutcomeTables}
     left join fenghuo.report_person p on p.report = r.id
     where m.id = $1 and m.state = 'waiting'`,
    [id],
  );
  const row = rows[0];
  if (row === undefined) return null;
  const { stage, incidentClosed, report, ...message } = row;
  const status = message.kind === 'report-received' ? 'received' : reportStatus({ stage, incidentClosed });
  return { ...message, report: { ...report, status } };
}
