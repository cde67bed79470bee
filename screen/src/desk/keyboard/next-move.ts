import { moverFor, type Standing } from '@fenghuo/contracts/movers.ts';
import type { TicketRecord } from '@fenghuo/contracts/records.ts';
import { lackingEvidence, movesOf, type Workflow, type WorkflowMove } from '@fenghuo/contracts/workflow.ts';

/** A move, and whether it is refused without words. */
export interface KeyMove {
  move: WorkflowMove;
  asksForWords: boolean;
}

/** The move that a key makes: the first one onward, or the one to a false alarm. Null: none that is for whoever presses it. Pure. */
export function keyMove(
  which: 'advance' | 'falseAlarm',
  { ticket, workflow, standing }: { ticket: TicketRecord; workflow: Workflow; standing: Standing },
): KeyMove | null {
  const move = movesOf(workflow, ticket).find(
    (one) => isWanted(one, which) && moverFor(one, ticket, standing) !== null,
  );
  if (move === undefined) return null;
  const lacksNote = lackingEvidence(move, ticket, '').some(({ kind }) => kind === 'note');
  return { move, asksForWords: move.reason || lacksNote };
}

function isWanted({ kind }: WorkflowMove, which: 'advance' | 'falseAlarm'): boolean {
  return which === 'falseAlarm' ? kind === 'false-alarm' : kind !== 'false-alarm' && kind !== 'return';
}
