import { commandAnswer } from '@fenghuo/contracts/commands.ts';
import { drillStarted } from '@fenghuo/contracts/rest.ts';
import { Failure } from '../station/failure.ts';
import type { RestSession } from '../station/rest-session.ts';
import type { Cleanup } from './cleanup.ts';
import type { Credential } from './script-flood.ts';

/** Starts a drill for one run, which ends with it whatever happens. */
export async function startDrill(
  session: RestSession | null,
  title: string,
  cleanups: Cleanup[],
): Promise<Credential & { run: string }> {
  if (session === null)
    throw new Failure('no-station', 'The scenario has a drill: the web address and a tester are needed.');
  const { run, username, secret } = await session.post('/drills', { title }, drillStarted);
  cleanups.push(() => session.post(`/drills/${encodeURIComponent(run)}/end`, {}, commandAnswer));
  return { run, username, password: secret };
}
