import { randomUUID } from 'node:crypto';
import type { CommandAnswer } from '@fenghuo/contracts/commands.ts';
import type { WhoAmI } from '@fenghuo/contracts/rest.ts';
import type { Response } from 'express';
import { revokeTesterCredentials } from '../access/credentials.ts';
import { act } from './commands.ts';
import type { ApiContext } from './route.ts';

/**
 * Ends a drill and takes its credentials away, whether or not the writer answers in time: who is shut out says nothing
 * more. Null when the request is already answered with 202.
 */
export async function endDrill(
  context: ApiContext,
  who: WhoAmI,
  run: string,
  response: Response,
): Promise<CommandAnswer | null> {
  const body = { act: 'end-drill', id: randomUUID(), subject: run, seat: '', reason: '' } as const;
  await revokeTesterCredentials(context, run, context.clock());
  return act(context.commandDesk, who, body, response);
}
