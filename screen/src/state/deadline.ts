import type { TicketRecord } from '@fenghuo/contracts/records.ts';

/** Deadline light 蓝黄红预警. */
export type Light = 'blue' | 'yellow' | 'red';

/** From this share of the time allowed, what is left is near due. */
const nearDueShare = 0.3;

export interface Countdown {
  light: Light;
  /** What is left of the time allowed, 1 at its start, 0 when it is due or overdue. */
  share: number;
  /** Milliseconds left; negative when overdue. */
  leftMs: number;
}

export function countdown(due: NonNullable<TicketRecord['due']>, now: number): Countdown {
  const leftMs = due.at - now;
  const allowedMs = Math.max(1, due.at - due.since);
  const share = Math.min(1, Math.max(0, leftMs / allowedMs));
  if (leftMs <= 0) return { light: 'red', share, leftMs };
  return { light: share <= nearDueShare ? 'yellow' : 'blue', share, leftMs };
}
