import type { DeviceEvent } from '@fenghuo/gateway/device-event.ts';

/** An event with the numbers that the writer gave it. */
export interface NumberedEvent {
  event: DeviceEvent;
  deviceNo: number;
  engineNo: number;
}

/** Columns of `fenghuo.event` in the order in which {@link EventRows} writes them. */
export const eventColumns = 'device, at, ident, no, received_at, kind, state, value, unit, flags, run, attrs';

const columnCount = 12;
/** Most bytes of a row without its texts: lengths and fixed columns, kind and state among them. */
const fixedBytes = 192;

const signature = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1');

/** A BigInt and its halves, low one first (every platform that Node runs on is little-endian). */
const whole = new BigInt64Array(1);
const halves = new Int32Array(whole.buffer);

/** Postgres counts microseconds from 2000-01-01. */
const epochMs = 946_684_800_000;

/**
 * Events as the rows of a binary COPY (Postgres, “COPY: Binary Format”). The buffer is reused: a result is valid
 * until the next `encode`. 0.25 to 0.5 µs a row of 130 bytes.
 */
export class EventRows {
  #bytes = Buffer.allocUnsafe(64 * 1024);
  #at = 0;

  encode(events: readonly NumberedEvent[]): Uint8Array {
    signature.copy(this.#bytes);
    this.#at = signature.length;
    for (const row of events) this.#row(row);
    this.#reserve(2);
    this.#int16(-1);
    return this.#bytes.subarray(0, this.#at);
  }

  #row({ event, deviceNo, engineNo }: NumberedEvent): void {
    const attrs = event.attrs === null ? null : JSON.stringify(event.attrs);
    const { unit, run, value } = event;
    const texts = (unit?.length ?? 0) + (run?.length ?? 0) + (attrs?.length ?? 0);
    this.#reserve(fixedBytes + texts * 3);
    this.#int16(columnCount);
    this.#int32(4);
    this.#int32(deviceNo);
    this.#time(event.at);
    this.#int32(8);
    this.#bigint(event.ident);
    this.#int32(8);
    this.#int64(engineNo);
    this.#time(event.receivedAt);
    this.#text(event.kind);
    this.#text(event.state);
    if (value === null) this.#int32(-1);
    else this.#double(value);
    this.#text(unit);
    this.#int32(2);
    this.#int16(flagsOf(event));
    this.#text(run ?? '');
    this.#text(attrs, true);
  }

  #reserve(bytes: number): void {
    if (this.#at + bytes <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.#bytes.length * 2, this.#at + bytes));
    this.#bytes.copy(larger, 0, 0, this.#at);
    this.#bytes = larger;
  }

  #int16(value: number): void {
    const bytes = this.#bytes;
    bytes[this.#at++] = value >> 8;
    bytes[this.#at++] = value;
  }

  #int32(value: number): void {
    const bytes = this.#bytes;
    bytes[this.#at++] = value >> 24;
    bytes[this.#at++] = value >> 16;
    bytes[this.#at++] = value >> 8;
    bytes[this.#at++] = value;
  }

  /** Exact for safe integers, by halves: a BigInt an event costs ten times as much. */
  #int64(value: number): void {
    this.#int32(Math.floor(value / 4_294_967_296));
    this.#int32((value % 4_294_967_296) | 0);
  }

  /** By way of a view, which is four times as fast as `writeBigInt64BE`. */
  #bigint(value: bigint): void {
    whole[0] = value;
    this.#int32(halves[1]!);
    this.#int32(halves[0]!);
  }

  #time(ms: number): void {
    const us = (ms - epochMs) * 1000;
    this.#int32(8);
    if (Number.isSafeInteger(us)) this.#int64(us);
    else this.#bigint(BigInt(ms - epochMs) * 1000n);
  }

  #double(value: number): void {
    this.#int32(8);
    this.#at = this.#bytes.writeDoubleBE(value, this.#at);
  }

  /** `jsonb` travels as its version, 1, and its text. */
  #text(text: string | null, isJson = false): void {
    if (text === null) {
      this.#int32(-1);
      return;
    }
    const lengthAt = this.#at;
    this.#at += 4;
    if (isJson) this.#bytes[this.#at++] = 1;
    this.#chars(text);
    this.#bytes.writeInt32BE(this.#at - lengthAt - 4, lengthAt);
  }

  /** Short ASCII, as nearly all of it is, by hand: a call into native code costs more than ten characters. */
  #chars(text: string): void {
    const bytes = this.#bytes;
    const start = this.#at;
    if (text.length <= 24) {
      let at = start;
      for (let i = 0; i < text.length; i++) {
        const unit = text.charCodeAt(i);
        if (unit > 127) break;
        bytes[at++] = unit;
      }
      if (at - start === text.length) {
        this.#at = at;
        return;
      }
    }
    this.#at = start + bytes.write(text, start, 'utf8');
  }
}

function flagsOf(event: DeviceEvent): number {
  return (
    (event.late ? 1 : 0) + (event.skewed ? 2 : 0) + (event.retained ? 4 : 0) + (event.hasDeviceTime ? 0 : 8)
  );
}
