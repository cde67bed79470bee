import { commandAnswer, commandWaiting } from '@fenghuo/contracts/commands.ts';
import {
  type WorkflowCheck,
  type WorkflowInForce,
  type WorkflowPresets,
  workflowCheck,
  workflowInForce,
  workflowPresets,
  workflowToCheck,
  workflowToPut,
} from '@fenghuo/contracts/workflow.ts';
import { digestOfRulebook } from '../rules/rulebook-digest.ts';
import { shippedWorkflow, shippedWorkflows } from '../shipped-workflows.ts';
import { listWorkflows } from '../store/sql/list-workflows.ts';
import { readWorkflow } from '../tickets/read-workflow.ts';
import { act } from './commands.ts';
import { readBody } from './request-body.ts';
import type { ApiContext, Route } from './route.ts';

/** The workflow of tickets: which is in force, which the house comes with, and putting another one in force. */
export function workflowRoutes(context: ApiContext): Route[] {
  return [
    {
      method: 'get',
      path: '/workflow',
      needs: 'live',
      shape: {
        summary: { zh: '现行工单流程', en: 'The workflow in force' },
        answers: { 200: workflowInForce },
      },
      handle: async ({ response }) => {
        response.json(await inForce(context));
      },
    },
    {
      method: 'get',
      path: '/workflows',
      needs: 'live',
      shape: {
        summary: { zh: '内置工单流程', en: 'Workflows that the house comes with' },
        answers: { 200: workflowPresets },
      },
      handle: async ({ response }) => {
        const presets = shippedWorkflows().map(({ workflow: { id, name }, text }) => ({ id, name, text }));
        const page: WorkflowPresets = { presets };
        response.json(page);
      },
    },
    {
      method: 'post',
      path: '/workflow/check',
      needs: 'put-workflow',
      shape: {
        summary: { zh: '检查工单流程', en: 'Check a workflow' },
        body: workflowToCheck,
        answers: { 200: workflowCheck },
      },
      handle: async ({ request, response }) => {
        response.json(check(readBody(request, workflowToCheck).text));
      },
    },
    {
      method: 'put',
      path: '/workflow',
      needs: 'put-workflow',
      shape: {
        summary: { zh: '启用工单流程', en: 'Put a workflow in force' },
        body: workflowToPut,
        answers: { 200: commandAnswer, 202: commandWaiting, 409: commandAnswer, 422: workflowCheck },
      },
      handle: async ({ request, response, session }) => {
        const wish = readBody(request, workflowToPut);
        const checked = check(wish.text);
        if (checked.errors.length > 0) {
          response.status(422).json(checked);
          return;
        }
        const body = { ...wish, act: 'put-workflow', subject: 'workflow' } as const;
        const answer = await act(context.commandDesk, session.who, body, response);
        if (answer !== null) response.status(answer.ok ? 200 : 409).json(answer);
      },
    },
  ];
}

async function inForce({ db, county }: ApiContext): Promise<WorkflowInForce> {
  const kept = (await listWorkflows(db, { county })).at(-1);
  if (kept === undefined) {
    const { workflow, text } = shippedWorkflow();
    return { workflow, text, digest: digestOfRulebook(text), author: 'house', reason: '', at: 0 };
  }
  const { workflow, text, digest, author, reason, at } = kept;
  return { workflow, text, digest, author, reason, at };
}

function check(text: string): WorkflowCheck {
  const read = readWorkflow(text, 1);
  return { errors: read.ok ? [] : read.errors };
}
