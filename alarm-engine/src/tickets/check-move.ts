import type { TicketRecord } from '@fenghuo/contracts/records.ts';
import type { UnitLevel } from '@fenghuo/contracts/words.ts';
import { lackingEvidence, movesOf, type Workflow, type WorkflowMove } from '@fenghuo/contracts/workflow.ts';

/** For whom somebody acts: the level of the chain, and the unit where they belong to one. */
export interface Standing {
  level: UnitLevel;
  unit: string | null;
}

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

/** People of the holder act for themselves; levels that the move names, and always the county, act for the holder. */
function moverFor(
  { by }: WorkflowMove,
  ticket: Pick<TicketRecord, 'holder' | 'holderLevel'>,
  { level, unit }: Standing,
): 'itself' | 'holder' | null {
  const holds = unit === null ? level === ticket.holderLevel : unit === ticket.holder;
  if (holds && (by.includes('holder') || by.includes(level))) return 'itself';
  if (level === 'county') return 'holder';
  return !holds && by.includes(level) && level !== ticket.holderLevel ? 'holder' : null;
}
