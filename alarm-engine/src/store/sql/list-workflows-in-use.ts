import type { Workflow } from '@fenghuo/contracts/workflow.ts';
import type { Queryable } from '../queryable.ts';

/** The workflows under which tickets are open, and the newest. */
export async function listWorkflowsInUse(db: Queryable, county: string): Promise<Workflow[]> {
  const { rows } = await db.query<{ doc: Workflow }>({
    name: 'list-workflows-in-use',
    text: `
      select doc from fenghuo.workflow
      where county = $1
        and (version = (select max(version) from fenghuo.workflow where county = $1)
             or (doc ->> 'id') || '@' || version in (
               select doc ->> 'workflow' from fenghuo.ticket where county = $1 and closed_at is null))
      order by version`,
    values: [county],
  });
  return rows.map(({ doc }) => doc);
}
