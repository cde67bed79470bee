import { endianness } from 'node:os';

/** Devices a page holds. */
export const devicesPerPage = 256;
const bytesPerDevice = 4;
/** Pages of one part of a flush: made in 0.1 ms, so that a flush never holds up an alarm. */
const pagesPerPart = 64;

/** When each device of a page was heard, as it is stored: seconds since 1970, 32 bits, big-endian; 0: never. */
export interface SeenPage {
  no: number;
  bytes: Buffer;
}

export interface OnlineCount {
  detectors: number;
  cameras: number;
  /** Known, and never heard, cameras among them. */
  neverHeard: number;
}

/**
 * When each device was last heard, in memory, by device number (from 0, dense). A touch is two array writes, 25 ns:
 * 170,000 devices at a heartbeat in 10 minutes are 283 touches a second. 8 bytes a device.
 *
 * Written down by pages instead of by device: a flush of 17,000 devices cost the database 124 ms and 6 MB of WAL as
 * rows of the device table, and costs 16 ms and 1 MB as all 829 pages, however many were heard. What was not
 * flushed before a crash comes again with the next heartbeat.
 */
export class LastSeen {
  #at = new Float64Array(1024);
  #isDirty = new Uint8Array(1024 / devicesPerPage);

  /** Notes that a device was heard at `at` (the gateway's clock). Never goes back. Negative numbers are nobody. */
  touch(deviceNo: number, at: number): void {
    if (deviceNo < 0) return;
    if (deviceNo >= this.#at.length) this.#grow(deviceNo + 1);
    if (at <= this.#at[deviceNo]!) return;
    this.#at[deviceNo] = at;
    this.#isDirty[Math.floor(deviceNo / devicesPerPage)] = 1;
  }

  /** What was written down before the start; not to be flushed again. */
  restore({ no, bytes }: SeenPage): void {
    const first = no * devicesPerPage;
    this.#grow(first + devicesPerPage);
    for (let i = 0; i < devicesPerPage; i++) {
      const at = bytes.readUInt32BE(i * bytesPerDevice) * 1000;
      this.#at[first + i] = Math.max(at, this.#at[first + i]!);
    }
  }

  /** ms since 1970, or null when it was never heard. */
  at(deviceNo: number): number | null {
    return this.#at[deviceNo] || null;
  }

  /** The clock was put back to `now`: nobody was heard later than that, or they would count as heard for too long. */
  holdBefore(now: number): void {
    for (let no = 0; no < this.#at.length; no++) if (this.#at[no]! > now) this.#at[no] = now;
  }

  /** Devices heard within the window, in one pass (0.3 ms for 212,000). `isCamera[no]` is 1 for cameras. */
  countOnline(now: number, windowMs: number, isCamera: Uint8Array): OnlineCount {
    const since = now - windowMs;
    let cameras = 0;
    let all = 0;
    let heard = 0;
    const count = Math.min(this.#at.length, isCamera.length);
    for (let no = 0; no < count; no++) {
      if (this.#at[no]! <= 0) continue;
      heard++;
      if (this.#at[no]! < since) continue;
      all++;
      cameras += isCamera[no]!;
    }
    return { detectors: all - cameras, cameras, neverHeard: isCamera.length - heard };
  }

  /** The pages with something new, in parts to be written down one by one; if that fails, {@link keepPages}. */
  *drainPages(): IterableIterator<SeenPage[]> {
    let part: SeenPage[] = [];
    for (let no = 0; no < this.#isDirty.length; no++) {
      if (this.#isDirty[no] === 0) continue;
      this.#isDirty[no] = 0;
      part.push({ no, bytes: this.#pageOf(no) });
      if (part.length < pagesPerPart) continue;
      yield part;
      part = [];
    }
    if (part.length > 0) yield part;
  }

  keepPages(pages: readonly SeenPage[]): void {
    for (const { no } of pages) this.#isDirty[no] = 1;
  }

  #pageOf(no: number): Buffer {
    const seconds = new Uint32Array(devicesPerPage);
    for (let i = 0; i < devicesPerPage; i++) seconds[i] = this.#at[no * devicesPerPage + i]! / 1000;
    const bytes = Buffer.from(seconds.buffer);
    return endianness() === 'LE' ? bytes.swap32() : bytes;
  }

  #grow(needed: number): void {
    if (needed <= this.#at.length) return;
    const pages = Math.ceil(Math.max(needed, this.#at.length * 2) / devicesPerPage);
    const at = new Float64Array(pages * devicesPerPage);
    const isDirty = new Uint8Array(pages);
    at.set(this.#at);
    isDirty.set(this.#isDirty);
    this.#at = at;
    this.#isDirty = isDirty;
  }
}
