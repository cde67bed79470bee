import { isDeepStrictEqual } from 'node:util';
import type { CommandAnswer, PutWorkflow } from '@fenghuo/contracts/commands.ts';
import type { Words } from '@fenghuo/contracts/words.ts';
import { type Workflow, type WorkflowFault, workflowRef } from '@fenghuo/contracts/workflow.ts';
import { digestOfRulebook } from '../rules/rulebook-digest.ts';
import { readWorkflow } from '../tickets/read-workflow.ts';
import { done, refuse } from './command-answer.ts';
import type { Actor } from './inputs.ts';
import { recordAct, type Turn } from './turn.ts';

/** Puts a workflow in force for tickets that open from the next input on. A faulty one changes nothing. */
export function putWorkflow(turn: Turn, actor: Actor, body: PutWorkflow): CommandAnswer {
  const { text, reason, seat, basedOn } = body;
  const before = turn.workflow;
  if (basedOn !== null && basedOn !== before.version)
    return refuse(body, 'version-conflict', newerOne(before.version));
  const read = readWorkflow(text, Math.max(before.version, turn.state.unreadableWorkflow) + 1);
  if (!read.ok) return refuse(body, 'faulty-workflow', faultWords(read.errors));
  const { workflow } = read;
  if (isSame(workflow, before)) return refuse(body, 'not-allowed-now', inForceAlready);
  turn.state.putWorkflow(workflow);
  turn.workflow = workflow;
  const digest = digestOfRulebook(text);
  const { now: at, no: engineNo } = turn;
  turn.effects.workflows.push({ workflow, text, digest, author: actor.account, reason, at, engineNo });
  recordAct(turn, {
    ...{ act: 'put-workflow', subject: workflowRef(workflow), area: turn.registry.county.code, run: null },
    ...{ reason, actor, seat, detail: { before: workflowRef(before), after: workflowRef(workflow), digest } },
  });
  return done(turn, body, workflow.version);
}

/** Says the same, with whatever comments. */
function isSame(one: Workflow, other: Workflow): boolean {
  return isDeepStrictEqual({ ...one, version: 0 }, { ...other, version: 0 });
}

const inForceAlready: Words = { zh: '这份流程已经生效', en: 'This workflow is in force already' };

function newerOne(version: number): Words {
  return {
    zh: `流程已先行更新，现为第 ${version} 版，请看过再提交`,
    en: `The workflow was changed first; it is at version ${version} now: look again, then put yours`,
  };
}

/** So many faults are told one by one. */
const toldFaults = 20;

function faultWords(faults: readonly WorkflowFault[]): Words {
  const lines = (language: keyof Words, place: (fault: WorkflowFault) => string) =>
    faults
      .slice(0, toldFaults)
      .map((fault) => `${place(fault)} ${fault.message[language]}`)
      .join('\n');
  return {
    zh: `流程有误，未生效：\n${lines('zh', ({ line, column }) => `第 ${line} 行第 ${column} 列：`)}`,
    en: `The workflow is faulty and not in force:\n${lines('en', ({ line, column }) => `line ${line}, column ${column}:`)}`,
  };
}
