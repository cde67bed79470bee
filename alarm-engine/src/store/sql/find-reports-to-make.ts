import type { Queryable } from '../queryable.ts';

/** A case that was closed and waits for its report. */
export interface ReportToMake {
  incident: string;
  round: number;
  code: string;
  /** Ms. */
  closedAt: number;
}

/** The oldest of them. */
export async function findReportsToMake(
  db: Queryable,
  county: string,
  limit: number,
): Promise<ReportToMake[]> {
  const { rows } = await db.query<ReportToMake>(
    `select r.incident, r.round, i.case_code as code, (extract(epoch from r.closed_at) * 1000)::float8 as "closedAt"
     from fenghuo.case_report r join fenghuo.incident i on i.id = r.incident
     where r.county = $1 and r.doc is null order by r.closed_at limit $2`,
    [county, limit],
  );
  return rows;
}
