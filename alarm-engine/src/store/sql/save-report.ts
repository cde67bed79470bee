import type { CaseReport } from '@fenghuo/contracts/case.ts';
import type { Queryable } from '../queryable.ts';

/** Keeps the report of a closing. */
export async function saveReport(
  db: Queryable,
  { incident, round, report }: { incident: string; round: number; report: CaseReport },
): Promise<void> {
  await db.query(`update fenghuo.case_report set doc = $3 where incident = $1 and round = $2`, [
    incident,
    round,
    report,
  ]);
}
