import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { longestWorkflow } from '@fenghuo/contracts/workflow.ts';
import type { Logger } from 'pino';
import { digestOfRulebook } from './rules/rulebook-digest.ts';
import { shippedWorkflows } from './shipped-workflows.ts';
import type { Queryable } from './store/queryable.ts';
import { insertCommand } from './store/sql/insert-command.ts';
import { listWorkflows } from './store/sql/list-workflows.ts';
import { readWorkflow } from './tickets/read-workflow.ts';

export interface WorkflowSetting {
  db: Queryable;
  county: string;
  /** Id of a workflow that the house comes with, or a file. */
  named: string;
  log: Logger;
}

/**
 * Looked at once a start: a workflow that the setting did not name before is put to the writer as an act of the account
 * `file`. What was put by REST since is not put back; a faulty one is told in the log, and the one in force stays.
 */
export async function putNamedWorkflow({ db, county, named, log }: WorkflowSetting): Promise<void> {
  const text = await textOf(named).catch((error: unknown) => {
    log.error({ err: error, named }, 'the workflow of the setting cannot be read; the one in force stays');
    return null;
  });
  if (text === null || (await wasPut(db, county, text))) return;
  const errors = faultsOf(text);
  if (errors !== null) {
    log.error({ named, errors }, 'the workflow of the setting is faulty; the one in force stays');
    return;
  }
  await insertCommand(db, {
    county,
    actor: { account: 'file', name: named, role: 'administrator', area: county },
    body: {
      ...{ id: randomUUID(), seat: '', reason: named, act: 'put-workflow', subject: 'workflow', text },
      basedOn: null,
    },
  });
  log.info({ named }, 'the workflow of the setting was put to the writer');
}

async function textOf(named: string): Promise<string> {
  const preset = shippedWorkflows().find(({ workflow }) => workflow.id === named);
  return preset === undefined ? readFile(named, 'utf8') : preset.text;
}

function faultsOf(text: string): object | null {
  if (text.length > longestWorkflow || text.includes('\0'))
    return [{ message: 'is too long, or holds characters that cannot be stored' }];
  const read = readWorkflow(text, 1);
  return read.ok ? null : read.errors;
}

/** Whether this is what the house or the setting put last. */
async function wasPut(db: Queryable, county: string, text: string): Promise<boolean> {
  const kept = await listWorkflows(db, { county });
  const last = kept.findLast(({ author }) => author === 'file' || author === 'house');
  return last?.digest === digestOfRulebook(text);
}
