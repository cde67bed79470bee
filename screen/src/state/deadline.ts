import type { TicketRecord } from '@fenghuo/contracts/records.ts';
import { type DeadlineLight, deadlineLight } from '@fenghuo/contracts/workflow.ts';

export interface Countdown {
  light: DeadlineLight;
  /** What is left of the time allowed, 1 at its start, 0 when it is due or overdue. */
  share: number;
  /** Milliseconds left; negative when overdue. */
  leftMs: number;
}

export function countdown(due: NonNullable<TicketRecord['due']>, now: number): Countdown {
  const leftMs = due.at - now;
  const allowedMs = Math.max(1, due.at - due.since);
  const share = Math.min(1, Math.max(0, leftMs / allowedMs));
  return { light: deadlineLight(due, now), share, leftMs };
}
