import { nextSteps, reasonedSteps } from '@fenghuo/contracts/ticket-workflow.ts';
import type { TicketStage, UnitLevel } from '@fenghuo/contracts/words.ts';

/**
 * The loop of a ticket: 受理 → 流转 → 整改 (接单, 出动, 到场, 控制) → 反馈 → 审核 → 督导 → 销号. Which step may
 * follow which is in the contract, since a desk offers it; here is who holds it and what a move needs.
 */
export const heldBy: Record<TicketStage, UnitLevel> = {
  received: 'township',
  dispatched: 'team',
  accepted: 'team',
  'en-route': 'team',
  'on-scene': 'team',
  'under-control': 'team',
  feedback: 'township',
  review: 'township',
  supervision: 'county',
  closed: 'county',
  'false-alarm': 'county',
};

export type MoveCheck =
  | { ok: true }
  | { ok: false; reason: 'not-allowed-now' | 'reason-required'; allowed: readonly TicketStage[] };

/** Whether a ticket may go from one step to another. Pure. */
export function checkMove(from: TicketStage, to: TicketStage, reason: string): MoveCheck {
  const allowed = nextSteps[from];
  if (!allowed.includes(to)) return { ok: false, reason: 'not-allowed-now', allowed };
  if (reasonedSteps.includes(to) && reason.trim() === '')
    return { ok: false, reason: 'reason-required', allowed };
  return { ok: true };
}

/** True for the steps that nothing follows: closed, false alarm. */
export function endsTicket(step: TicketStage): boolean {
  return nextSteps[step].length === 0;
}
