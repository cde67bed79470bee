import type { CaseReport } from '@fenghuo/contracts/case.ts';
import type { Queryable } from '../queryable.ts';

/** Reports of an incident, one a closing, in their order. One that is not made yet is not there. */
export async function listCaseReports(db: Queryable, incident: string): Promise<CaseReport[]> {
  const { rows } = await db.query<{ doc: CaseReport }>(
    `select doc from fenghuo.case_report where incident = $1 and doc is not null order by round`,
    [incident],
  );
  return rows.map(({ doc }) => doc);
}
