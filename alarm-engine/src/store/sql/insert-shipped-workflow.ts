import type { Workflow } from '@fenghuo/contracts/workflow.ts';
import type { Queryable } from '../queryable.ts';

/** Keeps the workflow that the house comes with as version 1, where a county has none. */
export async function insertShippedWorkflow(
  db: Queryable,
  { county, workflow, text, digest }: { county: string; workflow: Workflow; text: string; digest: string },
): Promise<void> {
  await db.query(
    `insert into fenghuo.workflow (county, doc, text, digest, author, reason, at, engine_no)
     values ($1, $2, $3, $4, 'house', '', now(), 0) on conflict do nothing`,
    [county, JSON.stringify(workflow), text, digest],
  );
}
