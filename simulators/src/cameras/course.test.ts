import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type Course,
  type CourseChange,
  changeCourse,
  newestSegment,
  playlistOf,
  usualCourse,
} from './course.ts';

const start = Date.UTC(2026, 2, 1, 4) + 123;
const clipAt = (version: string) => version;
const listed = (course: Course, now: number, offset = 0) =>
  readPlaylist(playlistOf(course, { now, offset }, clipAt));

interface Listed {
  sequence: number;
  time: number;
  uri: string;
  /** Discontinuity sequence number. */
  round: number;
}

/** As a player reads it (RFC 8216, 6.3.3). */
function readPlaylist(text: string): Listed[] {
  const number = (tag: string) => Number(new RegExp(`#${tag}:(\\d+)`).exec(text)![1]);
  let [sequence, round, time] = [
    number('EXT-X-MEDIA-SEQUENCE'),
    number('EXT-X-DISCONTINUITY-SEQUENCE'),
    Number.NaN,
  ];
  const found: Listed[] = [];
  for (const line of text.split('\n')) {
    if (line === '#EXT-X-DISCONTINUITY') round += 1;
    if (line.startsWith('#EXT-X-PROGRAM-DATE-TIME:')) time = Date.parse(line.slice(25));
    if (line === '' || line.startsWith('#')) continue;
    found.push({ sequence, time, uri: line, round });
    sequence += 1;
    time += 2000;
  }
  return found;
}

test('live → every segment has been taken, and the last a moment ago', () => {
  const found = listed(usualCourse, start, 700);
  expect(found).toHaveLength(6);
  const age = start - (found.at(-1)!.time + 2000);
  expect(age).toBeGreaterThanOrEqual(0);
  expect(age).toBeLessThan(2000);
});

test('fire → the next segments show it, after one discontinuity; normal again → another', () => {
  const newest = newestSegment(start, 0);
  const burning = changeCourse(usualCourse, { picture: 'fire' }, newest);
  expect(listed(burning, start).map(({ uri }) => uri.split('/')[0])).toEqual(Array(6).fill('normal'));
  const later = listed(burning, start + 4000);
  expect(later.map(({ uri }) => uri.split('/')[0])).toEqual([...Array(4).fill('normal'), 'fire', 'fire']);
});

test('stalled → nothing new comes; mended → it is live at once', () => {
  const stalled = changeCourse(usualCourse, { fault: 'stall' }, newestSegment(start, 0));
  expect(listed(stalled, start + 60_000)).toEqual(listed(usualCourse, start));
  const mended = changeCourse(stalled, { fault: null }, newestSegment(start + 60_000, 0));
  expect(listed(mended, start + 60_000).at(-1)!.time).toBe(listed(usualCourse, start + 60_000).at(-1)!.time);
});

test('frozen → time goes on and the picture is a still', () => {
  const frozen = changeCourse(usualCourse, { fault: 'freeze' }, newestSegment(start, 0));
  const found = listed(frozen, start + 20_000);
  expect(found.map(({ uri }) => uri.split('/')[0])).toEqual(Array(6).fill('still'));
  expect(found.at(-1)!.time).toBe(listed(usualCourse, start + 20_000).at(-1)!.time);
});

test('lagging → the picture is so old, and says so', () => {
  const lagging = changeCourse(usualCourse, { lagSeconds: 30 }, newestSegment(start, 0));
  const behind = listed(usualCourse, start).at(-1)!.time - listed(lagging, start).at(-1)!.time;
  expect(behind).toBe(30_000);
});

test('without a signal there is a playlist without a picture', () => {
  const dark = changeCourse(usualCourse, { fault: 'no-signal' }, newestSegment(start, 0));
  expect(playlistOf(dark, { now: start, offset: 0 }, clipAt)).not.toContain('#EXTINF');
});

const change = fc.record<CourseChange>(
  {
    picture: fc.constantFrom('normal', 'smoke', 'fire'),
    fault: fc.constantFrom(null, 'freeze'),
  },
  { requiredKeys: [] },
);

/** A player must be told where another clip begins, where one begins anew, and where a still is repeated. */
function breaksAt(before: Listed, { uri, sequence }: Listed): number {
  const clip = uri.split('/')[0];
  return clip !== before.uri.split('/')[0] || clip === 'still' || sequence % 6 === 0 ? 1 : 0;
}

test('whatever happens, a segment keeps its time, its content and its place between discontinuities', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(change, fc.nat(30_000)), { maxLength: 12 }), (changes) => {
      let [course, now]: [Course, number] = [usualCourse, start];
      const known = new Map<number, Listed>();
      for (const [next, wait] of changes) {
        course = changeCourse(course, next, newestSegment(now, 0));
        now += wait;
        let last: Listed | null = null;
        for (const segment of listed(course, now)) {
          const before = known.get(segment.sequence);
          if (before !== undefined) expect(segment).toEqual(before);
          known.set(segment.sequence, segment);
          if (last !== null)
            expect([segment.uri, segment.round - last.round]).toEqual([segment.uri, breaksAt(last, segment)]);
          last = segment;
        }
      }
    }),
  );
});
