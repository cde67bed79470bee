import type { EventKind, ReportedState } from '@fenghuo/contracts/words.ts';
import type { DeviceEvent } from '@fenghuo/gateway/device-event.ts';
import type { DeviceIndex } from '@fenghuo/gateway/device-index.ts';
import type { NumberedEvent } from './event-rows.ts';
import { TextCache } from './text-cache.ts';

/** Columns of `fenghuo.event` in the order in which {@link StoredEvents} reads them: all that a decision looks at. */
export const storedEventColumns = 'device, no, at, received_at, kind, state, value, unit, flags, run, attrs';

/** Signature, flags and length of the extension, which is empty. */
const headerBytes = 19;
const firstOfSignature = 0x50;
/** Postgres counts microseconds from 2000-01-01. */
const epochMs = 946_684_800_000;

/**
 * Reads the rows of a binary COPY back into the events that the writer decided on. What no decision looks at is not
 * read: the identity, the way it came in, whether it was a redelivery. 0.5 µs a row.
 */
export class StoredEvents {
  readonly events: NumberedEvent[] = [];
  readonly #devices: DeviceIndex;
  readonly #texts = new TextCache();
  #bytes: Buffer = Buffer.alloc(0);
  #at = 0;

  constructor(devices: DeviceIndex) {
    this.#devices = devices;
  }

  /** One message of the COPY. */
  readonly take = (bytes: Buffer): void => {
    this.#bytes = bytes;
    this.#at = bytes[0] === firstOfSignature ? headerBytes : 0;
    if (bytes.length - this.#at > 2) this.events.push(this.#row());
  };

  #row(): NumberedEvent {
    this.#at += 2;
    const deviceNo = this.#int32();
    const engineNo = this.#int64();
    const at = this.#time();
    const receivedAt = this.#time();
    const kind = this.#text() as EventKind;
    const state = this.#text() as ReportedState;
    const value = this.#double();
    const unit = this.#text();
    const flags = this.#int16();
    const run = this.#text();
    const event: DeviceEvent = {
      deviceId: this.#idOf(deviceNo),
      run: run === '' ? null : run,
      at,
      hasDeviceTime: (flags & 8) === 0,
      ident: 0n,
      kind,
      state,
      value,
      unit,
      attrs: this.#json(),
      receivedAt,
      late: (flags & 1) !== 0,
      skewed: (flags & 2) !== 0,
      delayed: false,
      retained: (flags & 4) !== 0,
      source: 'log',
    };
    return { event, deviceNo, engineNo };
  }

  #idOf(deviceNo: number): string {
    const id = this.#devices.idOf(deviceNo);
    if (id === undefined)
      throw new Error(`the log holds an event of device ${deviceNo}, which is not registered`);
    return id;
  }

  #int16(): number {
    this.#at += 6;
    return this.#bytes.readInt16BE(this.#at - 2);
  }

  #int32(): number {
    this.#at += 8;
    return this.#bytes.readInt32BE(this.#at - 4);
  }

  #int64(): number {
    this.#at += 12;
    return this.#bytes.readInt32BE(this.#at - 8) * 4_294_967_296 + this.#bytes.readUInt32BE(this.#at - 4);
  }

  #time(): number {
    return this.#int64() / 1000 + epochMs;
  }

  #double(): number | null {
    if (this.#length() < 0) return null;
    this.#at += 8;
    return this.#bytes.readDoubleBE(this.#at - 8);
  }

  #text(): string | null {
    const length = this.#length();
    if (length < 0) return null;
    this.#at += length;
    return this.#texts.read(this.#bytes, this.#at - length, this.#at);
  }

  /** `jsonb` travels as its version, 1, and its text. */
  #json(): Record<string, unknown> | null {
    const length = this.#length();
    if (length < 0) return null;
    this.#at += length;
    return JSON.parse(this.#bytes.toString('utf8', this.#at - length + 1, this.#at)) as Record<
      string,
      unknown
    >;
  }

  #length(): number {
    this.#at += 4;
    return this.#bytes.readInt32BE(this.#at - 4);
  }
}
