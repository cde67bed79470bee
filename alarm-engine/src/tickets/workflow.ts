import type { TicketStep, UnitLevel } from '@fenghuo/contracts/words.ts';

/**
 * The loop of a ticket as data: 受理 → 流转 → 整改 (接单, 出动, 到场, 控制) → 反馈 → 审核 → 督导 → 销号.
 * A move that is not listed is refused with the list of those that are.
 */
interface Step {
  /** Steps that may follow. */
  next: readonly TicketStep[];
  /** Level of the chain that holds the ticket while it is here. */
  heldBy: UnitLevel;
}

export const workflow: Record<TicketStep, Step> = {
  received: { next: ['dispatched', 'false-alarm'], heldBy: 'township' },
  dispatched: { next: ['accepted', 'received', 'false-alarm'], heldBy: 'team' },
  accepted: { next: ['en-route', 'on-scene', 'false-alarm'], heldBy: 'team' },
  'en-route': { next: ['on-scene', 'false-alarm'], heldBy: 'team' },
  'on-scene': { next: ['under-control', 'false-alarm'], heldBy: 'team' },
  'under-control': { next: ['feedback'], heldBy: 'team' },
  feedback: { next: ['review'], heldBy: 'township' },
  review: { next: ['supervision', 'closed', 'on-scene'], heldBy: 'township' },
  supervision: { next: ['closed', 'on-scene'], heldBy: 'county' },
  closed: { next: [], heldBy: 'county' },
  'false-alarm': { next: [], heldBy: 'county' },
};

/** Moves that say nothing without their why. */
const reasoned: readonly TicketStep[] = ['false-alarm', 'received'];

export type MoveCheck =
  | { ok: true; ends: boolean; heldBy: UnitLevel }
  | { ok: false; reason: 'not-allowed-now' | 'reason-required'; allowed: readonly TicketStep[] };

/** Whether a ticket may go from one step to another. Pure. */
export function checkMove(from: TicketStep, to: TicketStep, reason: string): MoveCheck {
  const allowed = workflow[from].next;
  if (!allowed.includes(to)) return { ok: false, reason: 'not-allowed-now', allowed };
  if (reasoned.includes(to) && reason.trim() === '') return { ok: false, reason: 'reason-required', allowed };
  return { ok: true, ends: workflow[to].next.length === 0, heldBy: workflow[to].heldBy };
}
