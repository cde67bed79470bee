import { countyDay } from '../engine/county-day.ts';
import type { KeptBecause, KeptHead } from './heads-file.ts';

/** So many new rows are worth a head of their own; so old a head is renewed when the record went on. */
const entriesAHead = 1_000;
const longestMs = 10 * 60_000;

/** Why the head of the record should be kept now; null when the last one that was kept does. Pure. */
export function headDue(
  last: Pick<KeptHead, 'no' | 'at'> | null,
  head: { no: number },
  { now, timeZone }: { now: number; timeZone: string },
): KeptBecause | null {
  if (last === null || countyDay(last.at, timeZone) !== countyDay(now, timeZone)) return 'day';
  if (head.no - last.no >= entriesAHead) return 'entries';
  return head.no !== last.no && now - last.at >= longestMs ? 'age' : null;
}
