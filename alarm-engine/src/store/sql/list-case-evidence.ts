import type { CaseEvidence } from '@fenghuo/contracts/case.ts';
import type { Queryable } from '../queryable.ts';

/** Evidence of an incident, the oldest first. */
export async function listCaseEvidence(db: Queryable, incident: string): Promise<CaseEvidence[]> {
  const { rows } = await db.query<{ doc: CaseEvidence }>(
    `select doc from fenghuo.case_evidence where incident = $1 order by (doc ->> 'at')::float8, id`,
    [incident],
  );
  return rows.map(({ doc }) => doc);
}
