/** Boxes of ISO 14496-12 that hold others, and those that say where and by whom a film was made. */
const holding = new Set(['moov', 'trak', 'mdia', 'minf', 'stbl', 'moof', 'traf']);
const telling = new Set(['udta', 'meta', 'uuid']);
const deepest = 8;

/**
 * Blanks what an MP4 tells of its maker: place, device, names. The boxes become free space of the same size, so nothing
 * moves. Changes the bytes in place. What a maker hides in a track of its own is not found; a WebM is left as it is.
 */
export function scrubFilm(bytes: Buffer): void {
  scrub(bytes, 0, bytes.length, 0);
}

function scrub(bytes: Buffer, from: number, to: number, depth: number): void {
  for (let at = from; at + 8 <= to && depth < deepest; ) {
    const size = sizeOf(bytes, at, to);
    if (size === null) return;
    const type = bytes.toString('latin1', at + 4, at + 8);
    if (telling.has(type)) {
      bytes.write('free', at + 4, 'latin1');
      bytes.fill(0, at + 8, at + size);
    } else if (holding.has(type)) scrub(bytes, at + 8, at + size, depth + 1);
    at += size;
  }
}

/** Null: no box that lies within. A size of 1 is told in the eight bytes behind, which only films of 4 GB need; 0: to the end. */
function sizeOf(bytes: Buffer, at: number, to: number): number | null {
  const told = bytes.readUInt32BE(at);
  const size = told === 0 ? to - at : told;
  if (size === 1 && at + 16 <= to) {
    const large = Number(bytes.readBigUInt64BE(at + 8));
    return large >= 16 && at + large <= to ? large : null;
  }
  return size >= 8 && at + size <= to ? size : null;
}
