import type { CameraState } from '@fenghuo/contracts/cameras.ts';
import type { Fetched, FetchOptions } from './fetch-bytes.ts';
import { type LivePlaylist, readPlaylist } from './live-playlist.ts';
import { pictureBytes } from './picture-bytes.ts';

/** What the scan remembers of a camera from one look to the next. */
export interface Look {
  /** What named the newest picture then. */
  newest: string;
  /** When that was first seen, ms. */
  since: number;
}

/** What one look at a camera found. */
export interface CameraFinding {
  state: Exclude<CameraState, 'unchecked'>;
  /** How old the newest picture is, ms; null: not known. */
  ageMs: number | null;
  look: Look | null;
}

export interface CameraCheck {
  url: string;
  before: Look | null;
  /** Whether the picture itself is compared, too. */
  sampled: boolean;
  now: () => number;
  fetch: (url: string, options: FetchOptions) => Promise<Fetched>;
}

const playlistBytes = 256 * 1024;
/** Beginnings of segments that are compared: live pictures differ in the first, what looks alike there is compared further. */
const comparedBytes = [16 * 1024, 64 * 1024] as const;
/** No picture is late before this, however short its segments. */
const lateAfterMs = 15_000;
const lateAfterSegments = 5;

/** Looks at a camera once: is there a playlist, is its picture new, and, when sampled, does it change? */
export async function checkCamera(check: CameraCheck): Promise<CameraFinding> {
  const found = await findPlaylist(check);
  if (typeof found === 'string') return { state: found, ageMs: null, look: null };
  const { playlist, url } = found;
  const newest = playlist.segments.at(-1);
  if (newest === undefined) return { state: 'no-signal', ageMs: null, look: null };
  const now = check.now();
  const name = `${playlist.next} ${newest.uri}`;
  const look = check.before?.newest === name ? check.before : { newest: name, since: now };
  const bySequence = now - look.since;
  const ageMs = Math.max(0, bySequence, newest.endsAt === null ? bySequence : now - newest.endsAt);
  if (ageMs > Math.max(lateAfterMs, playlist.targetMs * lateAfterSegments))
    return { state: 'late', ageMs, look };
  const isFrozen = check.sampled && (await hasOnePicture(check, playlist, url));
  return { state: isFrozen ? 'frozen' : 'live', ageMs, look };
}

/** 404 and 410 come from a server that has no picture of this camera; every other failure is one of reaching it. */
async function findPlaylist({
  url,
  fetch,
}: CameraCheck): Promise<{ playlist: LivePlaylist; url: string } | 'offline' | 'no-signal'> {
  let at = url;
  for (let depth = 0; depth < 2; depth++) {
    const answer = await fetch(at, { mostBytes: playlistBytes });
    if (!answer.ok) return answer.status === 404 || answer.status === 410 ? 'no-signal' : 'offline';
    const playlist = readPlaylist(answer.body.toString('utf8'));
    if (playlist === null) return 'offline';
    if (playlist.variant === null) return { playlist, url: answer.url };
    at = new URL(playlist.variant, answer.url).href;
  }
  return 'no-signal';
}

/** True when the newest segment shows, byte for byte, what the one before it showed. */
async function hasOnePicture(
  { fetch }: CameraCheck,
  { segments }: LivePlaylist,
  url: string,
): Promise<boolean> {
  const [before, newest] = segments;
  if (before === undefined || newest === undefined || before.isRange || newest.isRange) return false;
  for (const mostBytes of comparedBytes) {
    const wanted = [before, newest].map(({ uri }) => fetch(new URL(uri, url).href, { mostBytes, cut: true }));
    const [one, other] = (await Promise.all(wanted)).map((answer) => (answer.ok ? answer.body : null));
    if (one == null || other == null || !areOnePicture(one, other, mostBytes)) return false;
    if (one.length < mostBytes) return true;
  }
  return true;
}

/** Of beginnings that were cut, what both hold is compared: their headers may be of other lengths. */
function areOnePicture(one: Buffer, other: Buffer, cutAt: number): boolean {
  const [first, second] = [pictureBytes(one), pictureBytes(other)];
  const areCut = one.length >= cutAt && other.length >= cutAt;
  const length = areCut ? Math.min(first.length, second.length) : Number.POSITIVE_INFINITY;
  return first.length > 0 && first.subarray(0, length).equals(second.subarray(0, length));
}
