/** A segment of a media playlist. */
interface LiveSegment {
  uri: string;
  /** When its last picture was taken, ms, where the playlist tells the time. */
  endsAt: number | null;
  /** Part of a file that is named for others, too. */
  isRange: boolean;
}

/** What a live playlist (RFC 8216) says of the newest picture. */
export interface LivePlaylist {
  /** Of a multivariant playlist, its first; the rest is then empty. */
  variant: string | null;
  /** Those with a picture, the newest last. */
  segments: readonly LiveSegment[];
  /** Number behind the newest. */
  next: number;
  targetMs: number;
}

/** Null: it is no playlist. */
export function readPlaylist(text: string): LivePlaylist | null {
  if (!text.startsWith('#EXTM3U')) return null;
  const reader = new PlaylistReader();
  for (const line of text.split(/\r?\n/)) reader.take(line.trim());
  return reader;
}

const newestKept = 2;
const usualTargetMs = 6000;

class PlaylistReader implements LivePlaylist {
  variant: string | null = null;
  segments: LiveSegment[] = [];
  next = 0;
  targetMs = usualTargetMs;
  #time: number | null = null;
  #seconds = 0;
  #namesVariant = false;
  #isGap = false;
  #isRange = false;

  take(line: string): void {
    const [tag, value = ''] = line.startsWith('#') ? cut(line) : ['', line];
    switch (tag) {
      case '':
        if (value !== '') this.#takeUri(value);
        break;
      case '#EXT-X-MEDIA-SEQUENCE':
        this.next = Number.parseInt(value, 10) || 0;
        break;
      case '#EXT-X-TARGETDURATION':
        this.targetMs = (Number.parseFloat(value) || usualTargetMs / 1000) * 1000;
        break;
      case '#EXT-X-PROGRAM-DATE-TIME':
        this.#time = Number.isNaN(Date.parse(value)) ? null : Date.parse(value);
        break;
      case '#EXTINF':
        this.#seconds = Number.parseFloat(value) || 0;
        break;
      case '#EXT-X-STREAM-INF':
        this.#namesVariant = true;
        break;
      case '#EXT-X-GAP':
        this.#isGap = true;
        break;
      case '#EXT-X-BYTERANGE':
        this.#isRange = true;
        break;
    }
  }

  #takeUri(uri: string): void {
    if (this.#namesVariant) {
      this.variant ??= uri;
      this.#namesVariant = false;
      return;
    }
    if (this.#time !== null) this.#time += this.#seconds * 1000;
    this.next += 1;
    if (!this.#isGap) this.segments.push({ uri, endsAt: this.#time, isRange: this.#isRange });
    if (this.segments.length > newestKept) this.segments.shift();
    this.#isGap = false;
    this.#isRange = false;
  }
}

function cut(line: string): [tag: string, value: string] {
  const colon = line.indexOf(':');
  return colon < 0 ? [line, ''] : [line.slice(0, colon), line.slice(colon + 1)];
}

/** The playlist with every address that it names put through `rename`; null leaves the line out. */
export function renameParts(text: string, rename: (uri: string) => string | null): string {
  const lines = text.split(/\r?\n/).map((line) => {
    if (line.trim() === '') return line;
    if (!line.startsWith('#')) return rename(line.trim());
    const uri = /URI="([^"]*)"/.exec(line)?.[1];
    if (uri === undefined) return line;
    const renamed = rename(uri);
    return renamed === null ? null : line.replace(`URI="${uri}"`, `URI="${renamed}"`);
  });
  return lines.filter((line) => line !== null).join('\n');
}
