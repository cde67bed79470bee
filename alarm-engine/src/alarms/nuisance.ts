import type { AlarmRecord } from '@fenghuo/contracts/records.ts';

/** So many raises of one alarm within so long are chattering: three a minute (ISA-18.2-2016, 16.5; EEMUA 191). */
export const chatterNorm = { raises: 3, withinMs: 60_000 } as const;
/**
 * An alarm that returns by itself within this long is fleeting: gone before anybody can act (ISA-18.2-2016, 3.1, names
 * no number; 10 s is what it takes to read one). Milliseconds.
 */
export const fleetingMs = 10_000;
/** An alarm that has stood for longer is stale (ISA-18.2-2016, 16.5). Milliseconds. */
export const staleMs = 24 * 3_600_000;

/** What one more raise makes of an alarm: once it has chattered it stays marked while it is open. */
export function withRaise(
  { lastRaises, chattering }: Pick<AlarmRecord, 'lastRaises' | 'chattering'>,
  now: number,
): Pick<AlarmRecord, 'lastRaises' | 'chattering'> {
  const { raises, withinMs } = chatterNorm;
  const newest = [...lastRaises, now].slice(-raises);
  const isBurst = newest.length === raises && now - newest[0]! <= withinMs;
  return { lastRaises: newest, chattering: chattering || isBurst };
}
