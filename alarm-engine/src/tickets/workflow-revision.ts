import type { Workflow } from '@fenghuo/contracts/workflow.ts';

/** A workflow as it is kept when it comes into force. */
export interface WorkflowRevision {
  workflow: Workflow;
  text: string;
  /** SHA-256 of the text, hexadecimal. */
  digest: string;
  /** Account, `file`, or `house`. */
  author: string;
  reason: string;
  /** Engine time, and number of the input that brought it; 0: before the first. */
  at: number;
  engineNo: number;
}
