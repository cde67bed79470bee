import type { Command } from '@fenghuo/contracts/commands.ts';
import type { EngineState } from '../engine/engine-state.ts';
import type { TakenCommand } from './logged-batch.ts';

/** What becomes of a person's act in a history that may go another way; `left-out` is no act on the open world. */
export type ActAgain = { what: 'act'; command: TakenCommand } | { what: 'no-subject' } | { what: 'left-out' };

/**
 * The act as its author would do it now: on the version that the record has in this history. What the writer refused
 * then, and what administrators do, is left out; drills begin and end as they did.
 */
export function actAgain(state: EngineState, command: TakenCommand): ActAgain {
  const { body } = command;
  if (!command.wasDone) return { what: 'left-out' };
  if (body.act === 'start-drill' || body.act === 'end-drill') return { what: 'act', command };
  if (!isVersioned(body)) return { what: 'left-out' };
  const { alarms, incidents, tickets } = state;
  const subject = alarms.get(body.subject) ?? incidents.get(body.subject) ?? tickets.get(body.subject);
  if (subject === undefined) return { what: 'no-subject' };
  return { what: 'act', command: { ...command, body: { ...body, expectedVersion: subject.version } } };
}

function isVersioned(body: Command): body is Extract<Command, { expectedVersion: number }> {
  return 'expectedVersion' in body;
}
