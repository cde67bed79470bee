import { type ClipVersion, type Picture, segmentSeconds, segmentsOfClip } from './clip-names.ts';

/** Ways in which a camera fails: it answers and nothing new comes; its picture stands still while time goes on; it is gone; its encoder gets no signal. */
export const faults = ['stall', 'freeze', 'drop', 'no-signal'] as const;
type Fault = (typeof faults)[number];

/** What a camera shows from one of its segments on. Segments are numbered since 1970. */
interface Stretch {
  from: number;
  version: ClipVersion;
  /** Discontinuities up to the first segment of it, itself included. */
  breaks: number;
}

/** What happens to one camera besides the usual: which stretches it shows, and how it fails. */
export interface Course {
  readonly stretches: readonly Stretch[];
  readonly picture: Picture;
  readonly fault: Fault | null;
  /** Its newest segment when it stalled. */
  readonly stalledAt: number | null;
  /** So many segments late. */
  readonly lag: number;
}

const segmentMs = segmentSeconds * 1000;
/** Segments that a playlist names. */
const windowLength = 6;
/** Discontinuities are told modulo this, nine days: hls.js keeps an array as long as their number, and walks it for every segment; counted since 1970 it took 20 s. */
const mostBreaks = 65_536;
/** Stretches that are remembered: those that a playlist may still reach, and then some. */
const mostStretches = 16;

export const usualCourse: Course = {
  stretches: [{ from: 0, version: 'normal', breaks: 0 }],
  picture: 'normal',
  fault: null,
  stalledAt: null,
  lag: 0,
};

/** Number of the newest whole segment; `offset` spreads the cameras' beats. */
export function newestSegment(now: number, offset: number): number {
  return Math.floor((now - offset) / segmentMs) - 1;
}

/** What is to change; what is absent stays. */
export interface CourseChange {
  picture?: Picture | undefined;
  fault?: Fault | null | undefined;
  lagSeconds?: number | undefined;
}

/** The course with a change from the segment after `newest` on. */
export function changeCourse(course: Course, change: CourseChange, newest: number): Course {
  const picture = change.picture ?? course.picture;
  const fault = change.fault === undefined ? course.fault : change.fault;
  const lag = change.lagSeconds === undefined ? course.lag : Math.round(change.lagSeconds / segmentSeconds);
  const stalledAt = fault !== 'stall' ? null : (course.stalledAt ?? newest - lag);
  const version: ClipVersion = fault === 'freeze' ? 'still' : picture;
  const last = course.stretches.at(-1)!;
  const rest = { picture, fault, stalledAt, lag };
  if (version === last.version) return { ...rest, stretches: course.stretches };
  const from = Math.max(newest, last.from) + 1;
  const next = { from, version, breaks: breaksUpTo(course, from - 1) + 1 };
  return { ...rest, stretches: [...course.stretches, next].slice(-mostStretches) };
}

function stretchOf({ stretches }: Course, segment: number): Stretch {
  return stretches.findLast(({ from }) => from <= segment) ?? stretches[0]!;
}

/** Discontinuities up to a segment, itself included: at each change, each round of a clip, each repeated still. */
function breaksUpTo(course: Course, segment: number): number {
  const { from, version, breaks } = stretchOf(course, segment);
  if (version === 'still') return breaks + segment - from;
  return breaks + Math.floor(segment / segmentsOfClip) - Math.floor(from / segmentsOfClip);
}

/** Which part of which version a segment is. */
function contentOf(course: Course, segment: number): { version: ClipVersion; part: number } {
  const { version } = stretchOf(course, segment);
  return { version, part: version === 'still' ? 0 : segment % segmentsOfClip };
}

/** Where a version's clip lies, below the playlist. */
export type ClipPlace = (version: ClipVersion) => string;

/** The live playlist (RFC 8216) of a camera at a time. Pure: a playlist costs no memory and no timer. */
export function playlistOf(course: Course, at: { now: number; offset: number }, clipAt: ClipPlace): string {
  const newest = course.stalledAt ?? newestSegment(at.now, at.offset) - course.lag;
  const first = newest - windowLength + 1;
  const head = `#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-TARGETDURATION:${segmentSeconds}\n#EXT-X-INDEPENDENT-SEGMENTS\n`;
  if (course.fault === 'no-signal') return `${head}#EXT-X-MEDIA-SEQUENCE:${newest}\n`;
  let text = `${head}#EXT-X-MEDIA-SEQUENCE:${first}\n#EXT-X-DISCONTINUITY-SEQUENCE:${breaksUpTo(course, first) % mostBreaks}\n`;
  for (let segment = first; segment <= newest; segment++) {
    const isFirst = segment === first;
    const isBroken = breaksUpTo(course, segment) !== breaksUpTo(course, segment - 1);
    const clip = clipAt(contentOf(course, segment).version);
    if (isBroken && !isFirst) text += '#EXT-X-DISCONTINUITY\n';
    if (isBroken || isFirst) {
      const time = new Date(segment * segmentMs + at.offset).toISOString();
      text += `#EXT-X-MAP:URI="${clip}/init.mp4"\n#EXT-X-PROGRAM-DATE-TIME:${time}\n`;
    }
    text += `#EXTINF:${segmentSeconds}.0,\n${clip}/${segment}.m4s\n`;
  }
  return text;
}
