import type { CaseEvidence } from '@fenghuo/contracts/case.ts';
import type { Statement } from '../statement-batch.ts';

/** Keeps evidence in cases. */
export function insertEvidence(
  county: string,
  evidence: readonly { incident: string; item: CaseEvidence }[],
): Statement {
  return {
    name: 'insert-evidence',
    text: `
      insert into fenghuo.case_evidence (id, county, incident, doc)
      select item ->> 'id', $1, incident, item from json_to_recordset($2) as e (incident text, item jsonb)`,
    values: [county, JSON.stringify(evidence)],
  };
}
