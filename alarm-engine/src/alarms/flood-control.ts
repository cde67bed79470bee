import type { FloodRecord } from '@fenghuo/contracts/records.ts';
import { compareSeverity, type EventKind, type Severity } from '@fenghuo/contracts/words.ts';

/** When a room is in flood: entered above so many annunciations within `withinMs`, left below so many. */
export interface FloodSettings {
  enterAbove: number;
  exitBelow: number;
  withinMs: number;
}

/** EEMUA 191 and ISA-18.2-2016, clause 16: entered above 10 alarms in 10 minutes a person, left below 5. */
export const floodNorm: FloodSettings = { enterAbove: 10, exitBelow: 5, withinMs: 600_000 };

/**
 * Annunciations are counted by so many milliseconds, at multiples of it since 1970. A window holds whole buckets, so it
 * misses nothing of its time and counts at most one bucket more.
 */
export const bucketMs = 10_000;

export interface Annunciation {
  severity: Severity;
  kind: EventKind;
}

type Counted = Readonly<FloodRecord['heard'][number]>;

interface Bucket {
  /** Which one since 1970. */
  no: number;
  count: number;
  heard: readonly Counted[];
}

/** What a room heard lately. Never changed in place; costs a bucket an annunciation, and a window each bucket. */
export interface Hearing {
  /** Oldest first, without empty ones. */
  past: readonly Bucket[];
  newest: Bucket;
}

const bucketOf = (at: number) => Math.floor(at / bucketMs);

/** The first moment at which the bucket of `at` is over. Engine milliseconds. */
export const bucketEnd = (at: number) => (bucketOf(at) + 1) * bucketMs;

/** The room hears `count` annunciations more, in the order of time. */
export function hear(
  hearing: Hearing | undefined,
  what: Annunciation,
  { at, withinMs, count = 1 }: { at: number; withinMs: number; count?: number },
): Hearing {
  const no = bucketOf(at);
  if (hearing === undefined) return { past: [], newest: added({ no, count: 0, heard: [] }, what, count) };
  const { past, newest } = hearing;
  if (newest.no === no) return { past, newest: added(newest, what, count) };
  const first = firstBucket(at, withinMs);
  return {
    past: [...past, newest].filter((bucket) => bucket.no >= first),
    newest: added({ no, count: 0, heard: [] }, what, count),
  };
}

/** Annunciations within the window that ends at `at`. */
export function rateAt({ past, newest }: Hearing, at: number, withinMs: number): number {
  const first = firstBucket(at, withinMs);
  let rate = newest.no >= first ? newest.count : 0;
  for (const bucket of past) if (bucket.no >= first) rate += bucket.count;
  return rate;
}

type FloodCourse = Pick<FloodRecord, 'rate' | 'peak' | 'peakAt' | 'withinMs' | 'heard' | 'countedTo'>;

/** The course of a flood at its beginning: what made it one is part of it. */
export function floodBegins(hearing: Hearing, at: number, { withinMs }: FloodSettings): FloodCourse {
  const from = firstBucket(at, withinMs) * bucketMs;
  const course = { rate: 0, peak: 0, peakAt: at, withinMs, heard: [], countedTo: from };
  return floodGoesOn(course, hearing, at);
}

/** The course of a flood as it is at `at`: buckets that are over are counted into it, once each. The rate was highest when it heard last. */
export function floodGoesOn(course: FloodCourse, hearing: Hearing, at: number): FloodCourse {
  const [from, to] = [bucketOf(course.countedTo), bucketOf(at)];
  const over = [...hearing.past, hearing.newest].filter(({ no }) => no >= from && no < to);
  const { withinMs } = course;
  const heardLast = hearing.newest.no * bucketMs;
  const highest = rateAt(hearing, heardLast, withinMs);
  const isPeak = highest > course.peak;
  return {
    ...course,
    rate: rateAt(hearing, at, withinMs),
    ...(isPeak ? { peak: highest, peakAt: Math.min(at, bucketEnd(heardLast)) } : {}),
    heard: over.reduce((heard, bucket) => merged(heard, bucket.heard), course.heard),
    countedTo: to * bucketMs,
  };
}

function firstBucket(at: number, withinMs: number): number {
  return bucketOf(at - withinMs);
}

function added(bucket: Bucket, { severity, kind }: Annunciation, count: number): Bucket {
  const heard = merged(bucket.heard, [{ severity, kind, count }]);
  return { no: bucket.no, count: bucket.count + count, heard };
}

/** In one order, whatever came first: a restart counts as if there had been none. */
function merged(counts: readonly Counted[], more: readonly Counted[]): Counted[] {
  const sum = [...counts];
  for (const each of more) {
    const i = sum.findIndex(({ severity, kind }) => severity === each.severity && kind === each.kind);
    if (i === -1) sum.push(each);
    else sum[i] = { ...each, count: sum[i]!.count + each.count };
  }
  return sum.length === counts.length ? sum : sum.sort(byGravity);
}

function byGravity(a: Counted, b: Counted): number {
  return compareSeverity(a.severity, b.severity) || (a.kind < b.kind ? -1 : 1);
}
