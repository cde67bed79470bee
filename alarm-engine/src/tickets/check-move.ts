import { moverFor, type Standing } from '@fenghuo/contracts/movers.ts';
import type { TicketRecord } from '@fenghuo/contracts/records.ts';
import { lackingEvidence, movesOf, type Workflow, type WorkflowMove } from '@fenghuo/contracts/workflow.ts';

export interface WishedMove {
  to: string;
  reason: string;
  mover: Standing;
}

export type MoveCheck =
  | { ok: true; move: WorkflowMove; actsFor: 'itself' | 'holder' }
  | { ok: false; reason: 'not-allowed-now'; allowed: readonly string[] }
  | { ok: false; reason: 'not-authorised'; by: WorkflowMove['by'] }
  | { ok: false; reason: 'reason-required' }
  | { ok: false; reason: 'evidence-required'; lacking: WorkflowMove['evidence'] };

/** Whether somebody may move a ticket to a step of its workflow. Pure. */
export function checkMove(
  workflow: Workflow,
  ticket: TicketRecord,
  { to, reason, mover }: WishedMove,
): MoveCheck {
  const moves = movesOf(workflow, ticket);
  const move = moves.find((one) => one.to === to);
  if (move === undefined)
    return { ok: false, reason: 'not-allowed-now', allowed: moves.map((one) => one.to) };
  const actsFor = moverFor(move, ticket, mover);
  if (actsFor === null) return { ok: false, reason: 'not-authorised', by: move.by };
  if (move.reason && reason.trim() === '') return { ok: false, reason: 'reason-required' };
  const lacking = lackingEvidence(move, ticket, reason);
  return lacking.length > 0
    ? { ok: false, reason: 'evidence-required', lacking }
    : { ok: true, move, actsFor };
}
