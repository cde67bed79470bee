import type { TicketRecord } from '@fenghuo/contracts/records.ts';

/** What is told so soon after it was done is told at once: a slow 3G takes a second for an act. Milliseconds. */
const atOnceMs = 2_000;

/**
 * When something was done, as a phone that had no network says it later: not before what came before it, and not after it
 * is told, whatever that phone's clock shows. Empty for what was told at once. Pure.
 */
export function trueTime(
  told: number | undefined,
  { notBefore, now }: { notBefore: number; now: number },
): { doneAt?: number } {
  if (told === undefined) return {};
  const doneAt = Math.min(Math.max(told, notBefore), now);
  return now - doneAt < atOnceMs ? {} : { doneAt };
}

/** When the last move of a ticket was done. */
export function lastTrueTime({ moves, openedAt }: Pick<TicketRecord, 'moves' | 'openedAt'>): number {
  const last = moves.at(-1);
  return last === undefined ? openedAt : (last.doneAt ?? last.at);
}
