import type { WorkflowRevision } from '../../tickets/workflow-revision.ts';
import type { Queryable } from '../queryable.ts';

/** The workflows of a county up to a version (absent: all), the one in force last. */
export async function listWorkflows(
  db: Queryable,
  { county, upTo }: { county: string; upTo?: number | undefined },
): Promise<WorkflowRevision[]> {
  const { rows } = await db.query<WorkflowRevision>({
    name: 'list-workflows',
    text: `
      select doc as workflow, text, digest, author, reason, (extract(epoch from at) * 1000)::float8 as at,
             engine_no::float8 as "engineNo"
      from fenghuo.workflow where county = $1 and version <= coalesce($2, version) order by version`,
    values: [county, upTo ?? null],
  });
  return rows;
}
