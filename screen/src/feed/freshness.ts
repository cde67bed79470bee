/** What the feed is worth: `lost` without a connection, `stale` when it says nothing new. */
export type FeedStatus = 'live' | 'stale' | 'lost';

/**
 * Longest silence of the server, in ms, that still counts as live. The pulse comes every second; with the
 * watch below, silence is on the wall within 2 s of the last pulse.
 */
const longestSilenceMs = 1_750;

/** Longest silence of the writer, in ms, behind a server that still speaks. It gives a sign every second. */
const longestWriterSilenceMs = 3_500;

/** How often the feed looks at its own age, in ms. */
export const watchEveryMs = 200;

export interface FeedSigns {
  connected: boolean;
  /** This machine's clock when the last pulse or change came; null before the first. */
  heardAt: number | null;
  /** How old the writer's newest sign of life was then, in ms; null when there has been none. */
  writerLagMs: number | null;
}

/** Age of what is shown, in ms: silence of the server plus what the writer was behind. */
export function dataAgeMs(signs: FeedSigns, now: number): number {
  if (signs.heardAt === null) return 0;
  return Math.max(0, now - signs.heardAt) + Math.max(0, signs.writerLagMs ?? 0);
}

/** Whether the server itself is not heard; its writer may be silent behind one that is. */
export function isUnheard({ connected, heardAt }: FeedSigns, now: number): boolean {
  return !connected || heardAt === null || now - heardAt > longestSilenceMs;
}

export function feedStatus(signs: FeedSigns, now: number): FeedStatus {
  if (!signs.connected || signs.heardAt === null) return 'lost';
  if (isUnheard(signs, now)) return 'stale';
  return signs.writerLagMs === null || signs.writerLagMs > longestWriterSilenceMs ? 'stale' : 'live';
}

/**
 * True when the watch itself came so late that messages may be waiting behind it: this machine was busy,
 * and what looks like silence may be its own. One such look is passed over, never two in a row.
 */
export function watchWasHeldUp(lookedAt: number, now: number, passedOver: boolean): boolean {
  return !passedOver && now - lookedAt > watchEveryMs * 3;
}
