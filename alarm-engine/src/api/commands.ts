import { randomUUID } from 'node:crypto';
import {
  type AdministratorsAct,
  type Command,
  command,
  commandAnswer,
  commandWaiting,
} from '@fenghuo/contracts/commands.ts';
import type { WhoAmI } from '@fenghuo/contracts/rest.ts';
import type { Response } from 'express';
import { ApiFailure } from './api-failure.ts';
import type { CommandDesk } from './command-desk.ts';
import { readBody } from './request-body.ts';
import type { ApiContext, Route } from './route.ts';

/** Acts of people. Which of them a role may do is asked per act, by the desk. */
export function commandRoutes({ commandDesk }: ApiContext): Route[] {
  return [
    {
      method: 'post',
      path: '/commands',
      needs: 'session',
      shape: {
        summary: { zh: '人员操作', en: 'An act of a person' },
        body: command,
        answers: { 200: commandAnswer, 202: commandWaiting, 409: commandAnswer },
      },
      handle: async ({ request, response, session }) => {
        const body = readBody(request, command);
        const answer = await act(commandDesk, session.who, body, response);
        if (answer !== null) response.status(answer.ok ? 200 : 409).json(answer);
      },
    },
  ];
}

/**
 * Has the writer do it and gives its answer; null when the request is already answered with 202, because the
 * writer said nothing in time. Throws when the actor may not.
 */
export async function act(desk: CommandDesk, who: WhoAmI, body: Command, response: Response) {
  const outcome = await desk.submit(who, body);
  switch (outcome.status) {
    case 'answered':
      return outcome.answer;
    case 'waiting':
      response.status(202).json({ id: body.id, waiting: true });
      return null;
    case 'refused':
      throw refusals[outcome.reason];
  }
}

/**
 * Puts an administrator's act on the record, before it is done. False when the request is already answered,
 * because the record could not be kept in time: then it is not done.
 */
export async function onRecord(
  desk: CommandDesk,
  who: WhoAmI,
  what: Pick<AdministratorsAct, 'act' | 'subject' | 'detail'>,
  response: Response,
): Promise<boolean> {
  return (await act(desk, who, { ...what, id: randomUUID(), seat: '', reason: '' }, response)) !== null;
}

const refusals = {
  'not-authorised': new ApiFailure(403, 'not-authorised', 'You may not do this, or not in this area.'),
  'command-id-taken': new ApiFailure(409, 'command-id-taken', 'This command id was used for something else.'),
};
