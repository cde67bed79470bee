import { readdirSync, readFileSync } from 'node:fs';
import type { Workflow } from '@fenghuo/contracts/workflow.ts';
import { readWorkflow } from './tickets/read-workflow.ts';

/** The one that a county has until it puts another: Wenling's. */
const defaultWorkflow = 'wenling';

export interface ShippedWorkflow {
  workflow: Workflow;
  /** The YAML that it was read from: what is alike for a county's own one to begin from. */
  text: string;
}

let shipped: ShippedWorkflow[] | null = null;

/** The workflows that the house comes with, each as version 1: read once. Throws with all errors when somebody spoilt one. */
export function shippedWorkflows(): readonly ShippedWorkflow[] {
  const folder = new URL('../workflows/', import.meta.url);
  shipped ??= readdirSync(folder)
    .sort()
    .map((file) => {
      const text = readFileSync(new URL(file, folder), 'utf8');
      const read = readWorkflow(text, 1);
      if (read.ok) return { workflow: read.workflow, text };
      const errors = read.errors.map(
        ({ line, column, path, message }) => `${line}:${column} ${path} ${message.en}`,
      );
      throw new Error(`${file}:\n${errors.join('\n')}`);
    });
  return shipped;
}

/** One that the house comes with. Throws when it comes with none of this id. */
export function shippedWorkflow(id: string = defaultWorkflow): ShippedWorkflow {
  const found = shippedWorkflows().find(({ workflow }) => workflow.id === id);
  if (found === undefined) throw new RangeError(`no workflow ${id} is shipped`);
  return found;
}
