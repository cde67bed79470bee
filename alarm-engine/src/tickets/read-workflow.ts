import { toldBothWays } from '@fenghuo/contracts/both-ways.ts';
import type { Workflow, WorkflowFault } from '@fenghuo/contracts/workflow.ts';
import { errorsOf, inOrder } from '../rules/book-errors.ts';
import { BookText } from '../rules/book-text.ts';
import { checkWorkflow } from './workflow-checks.ts';
import { workflowSchema } from './workflow-schema.ts';

export type ReadWorkflow = { ok: true; workflow: Workflow } | { ok: false; errors: WorkflowFault[] };

/**
 * Reads a workflow. Pure: where it lies is the caller's affair. One with an error is refused whole, with all of its errors
 * in the order of their lines.
 */
export function readWorkflow(text: string, version: number): ReadWorkflow {
  const source = new BookText(text);
  if (source.syntaxErrors.length > 0) return { ok: false, errors: source.syntaxErrors };
  const read = workflowSchema.safeParse(source.data, toldBothWays);
  if (!read.success)
    return { ok: false, errors: inOrder(read.error.issues.flatMap((issue) => errorsOf(source, issue))) };
  const flaws = checkWorkflow(read.data);
  if (flaws.length > 0)
    return { ok: false, errors: inOrder(flaws.map(({ path, message }) => source.errorAt(path, message))) };
  return { ok: true, workflow: { ...read.data, version } };
}
