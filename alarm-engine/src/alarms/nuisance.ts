import type { AlarmRecord } from '@fenghuo/contracts/records.ts';

/** So many raises of one alarm within so long are chattering: three a minute (ISA-18.2-2016, 16.5; EEMUA 191). */
const chatterNorm = { raises: 3, withinMs: 60_000 } as const;

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
