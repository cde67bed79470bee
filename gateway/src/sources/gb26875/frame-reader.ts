import {
  frameHeadBytes,
  frameLength,
  hasRightChecksum,
  longestAdu,
  shortestFrame,
} from '../../codecs/gb26875-frame.ts';

/**
 * - `frame`: whole; `sound` tells whether its checksum is right.
 * - `garbage`: bytes that are part of no frame.
 */
export type Read =
  | { frame: Buffer; sound: boolean; garbage?: undefined }
  | { garbage: Buffer; frame?: undefined };

/** Longest piece of garbage that is handed on at once. */
const garbageBytes = shortestFrame + longestAdu;

/**
 * Splits a stream of GB/T 26875.3 into frames, by the length that each says of itself: `23 23` and `40 40` may stand in
 * any of them. Where there is no frame it looks for the next `40 40`, a byte further. Holds the one frame that is not
 * whole yet, and what came with it.
 */
export class FrameReader {
  #bytes: Buffer = Buffer.alloc(0);
  /** Before it, nothing can be a frame. */
  #at = 0;

  /** Bytes that wait for the rest of their frame. */
  get waiting(): number {
    return this.#bytes.length;
  }

  append(chunk: Buffer): void {
    this.#bytes = this.#bytes.length === 0 ? chunk : Buffer.concat([this.#bytes, chunk]);
  }

  /** Null: more bytes are needed. What it gives is valid until the next {@link append}. */
  next(): Read | null {
    for (; ; this.#at++) {
      this.#seek();
      if (this.#at >= garbageBytes) return this.#takeGarbage();
      const length = this.#lengthHere();
      if (length === 'unknown') return null;
      if (length === null) continue;
      if (this.#bytes.length < this.#at + length) return null;
      if (this.#bytes.readUInt16BE(this.#at + length - 2) !== 0x2323) continue;
      return this.#at > 0 ? this.#takeGarbage() : this.#takeFrame(length);
    }
  }

  /** What waits for its rest will not get it: it is garbage, up to the next byte that may begin a frame. */
  giveUp(): void {
    if (this.#bytes.length > this.#at) this.#at++;
  }

  /** The rest, when nothing more comes. */
  rest(): Buffer {
    const rest = this.#bytes;
    this.#bytes = Buffer.alloc(0);
    this.#at = 0;
    return rest;
  }

  /** To the next `40 40`, or to a last byte that may be the half of one. */
  #seek(): void {
    const found = this.#bytes.indexOf('4040', this.#at, 'hex');
    if (found !== -1) this.#at = found;
    else
      this.#at = Math.max(
        this.#at,
        this.#bytes.at(-1) === 0x40 ? this.#bytes.length - 1 : this.#bytes.length,
      );
  }

  #lengthHere(): number | null | 'unknown' {
    if (this.#bytes.length < this.#at + frameHeadBytes) return 'unknown';
    return frameLength(this.#bytes, this.#at);
  }

  #takeGarbage(): Read {
    return { garbage: this.#take(Math.min(this.#at, garbageBytes)) };
  }

  #takeFrame(length: number): Read {
    const frame = this.#take(length);
    return { frame, sound: hasRightChecksum(frame) };
  }

  #take(length: number): Buffer {
    const taken = this.#bytes.subarray(0, length);
    this.#bytes = this.#bytes.subarray(length);
    this.#at = Math.max(0, this.#at - length);
    return taken;
  }
}
