import { randomBytes, randomUUID } from 'node:crypto';
import { commandAnswer, commandWaiting } from '@fenghuo/contracts/commands.ts';
import { type DrillStarted, drillRequest, drillStarted } from '@fenghuo/contracts/rest.ts';
import { issueTesterCredential, revokeTesterCredentials } from '../access/credentials.ts';
import { act } from './commands.ts';
import { readBody, readParameter } from './request-body.ts';
import type { ApiContext, Route } from './route.ts';

/** Drills: a run of its own with a credential of its own, which dies with it. */
export function drillRoutes(context: ApiContext): Route[] {
  const { commandDesk, clock } = context;
  return [
    {
      method: 'post',
      path: '/drills',
      needs: 'start-drill',
      shape: {
        summary: { zh: '开始演练', en: 'Start a drill' },
        body: drillRequest,
        answers: { 201: drillStarted, 202: commandWaiting, 409: commandAnswer },
      },
      handle: async ({ request, response, session }) => {
        const { title } = readBody(request, drillRequest);
        const run = newRun();
        const body = {
          act: 'start-drill',
          id: randomUUID(),
          subject: run,
          title,
          seat: '',
          reason: '',
        } as const;
        const answer = await act(commandDesk, session.who, body, response);
        if (answer === null) return;
        if (!answer.ok) {
          response.status(409).json(answer);
          return;
        }
        const credential = await issueTesterCredential(context, run);
        const started: DrillStarted = { run, topicRoot: `fenghuo-drill/v1/${run}/~`, ...credential };
        response.status(201).json(started);
      },
    },
    {
      method: 'post',
      path: '/drills/:run/end',
      needs: 'end-drill',
      shape: {
        summary: { zh: '结束演练', en: 'End a drill' },
        answers: { 200: commandAnswer, 202: commandWaiting, 409: commandAnswer },
      },
      handle: async ({ request, response, session }) => {
        const run = readParameter(request, 'run');
        const body = { act: 'end-drill', id: randomUUID(), subject: run, seat: '', reason: '' } as const;
        const answer = await act(commandDesk, session.who, body, response);
        if (answer === null) return;
        if (answer.ok) await revokeTesterCredentials(context, run, clock());
        response.status(answer.ok ? 200 : 409).json(answer);
      },
    },
  ];
}

/** `drill-` and 40 random bits: short enough for a topic, and never the run of an earlier drill. */
function newRun(): string {
  return `drill-${randomBytes(5).toString('hex')}`;
}
