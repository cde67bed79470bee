import { type Workflow, workflow as workflowShape } from '@fenghuo/contracts/workflow.ts';
import { shippedWorkflow } from './shipped-workflows.ts';
import type { Queryable } from './store/queryable.ts';
import { listWorkflows } from './store/sql/list-workflows.ts';
import { listWorkflowsInUse } from './store/sql/list-workflows-in-use.ts';

export interface WorkflowsFound {
  /** All that can be read, the one in force last. Never empty. */
  workflows: Workflow[];
  /** Versions that this program cannot read: a newer one wrote them. Their tickets go by the one in force. */
  unreadable: number[];
}

/** The workflows of a county up to a version (absent: all). */
export async function workflowsInForce(
  db: Queryable,
  county: string,
  upTo?: number,
): Promise<WorkflowsFound> {
  const workflows: Workflow[] = [];
  const unreadable: number[] = [];
  for (const { workflow } of await listWorkflows(db, { county, upTo })) {
    const read = workflowShape.safeParse(workflow);
    if (read.success) workflows.push(read.data);
    else unreadable.push(workflow.version);
  }
  return { workflows: withFirst(workflows), unreadable };
}

/** Until a county's table is filled, its first workflow is the one that the house comes with. */
function withFirst(workflows: Workflow[]): Workflow[] {
  return workflows.some(({ version }) => version === 1)
    ? workflows
    : [shippedWorkflow().workflow, ...workflows];
}

/** What a screen needs to name the steps of open tickets and to offer their moves: the one in force last. */
export async function workflowsInUse(db: Queryable, county: string): Promise<Workflow[]> {
  const read = (await listWorkflowsInUse(db, county)).map((doc) => workflowShape.safeParse(doc));
  const workflows = read.flatMap(({ data }) => (data === undefined ? [] : [data]));
  return workflows.length > 0 ? workflows : withFirst(workflows);
}
