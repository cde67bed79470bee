/** Result of {@link PacketReader.next}: a whole packet, not enough bytes, or an error that ends the stream. */
export type ReadStep = 'packet' | 'incomplete' | 'malformed-packet' | 'packet-too-large';

/**
 * Cuts a byte stream into MQTT control packets (MQTT §2.1). After `next()` said `packet`, the packet lies in
 * `bytes` from `start` (fixed header) over `body` to `end`, without a copy, until the next call.
 *
 * Bounded: a packet announced as longer than `maxPacketBytes` is refused before it is buffered; of an
 * incomplete one only what has arrived is kept, in a buffer that doubles, so that a sender who drips bytes
 * costs linear time and no more memory than twice what it sent.
 *
 * With `cuts` a longer packet is not refused: its first `maxPacketBytes` are given out as the packet, with
 * `isCut` true, and the rest is dropped as it comes. For a peer whose packet would come again for ever.
 */
export class PacketReader {
  bytes: Buffer = nothing;
  start = 0;
  body = 0;
  end = 0;
  isCut = false;
  /** May be changed between packets, such as after CONNECT. */
  maxPacketBytes: number;
  /** Where unread bytes end; above it `bytes` may have spare room of its own. */
  #filled = 0;
  /** `bytes` is this reader's own buffer, not the socket's. */
  #owned = false;
  readonly #cuts: boolean;
  /** Bytes still to come of a packet that was cut. */
  #toDrop = 0;

  constructor(maxPacketBytes: number, { cuts }: { cuts: boolean } = { cuts: false }) {
    this.maxPacketBytes = maxPacketBytes;
    this.#cuts = cuts;
  }

  /** Bytes received and not yet read. */
  get unread(): number {
    return this.#filled - this.end;
  }

  /** Adds what the socket brought. The chunk is kept until it is read; the caller must not reuse it before. */
  append(chunk: Buffer): void {
    const { unread } = this;
    if (unread === 0) {
      this.bytes = chunk;
      this.#owned = false;
      this.#filled = chunk.length;
    } else {
      this.#reserve(unread, unread + chunk.length);
      chunk.copy(this.bytes, unread);
      this.#filled = unread + chunk.length;
    }
    this.start = this.body = this.end = 0;
  }

  next(): ReadStep {
    if (this.#toDrop > 0) this.#drop();
    const { bytes } = this;
    const start = this.end;
    if (start >= this.#filled) return this.#rest();
    let length = 0;
    let scale = 1;
    let at = start + 1;
    for (;;) {
      if (at >= this.#filled) return this.#rest();
      const digit = bytes[at++]!;
      length += (digit & 127) * scale;
      if (digit < 128) break;
      if (at - start > 4) return 'malformed-packet';
      scale *= 128;
    }
    const excess = at - start + length - this.maxPacketBytes;
    this.isCut = excess > 0;
    if (this.isCut && !this.#cuts) return 'packet-too-large';
    const end = this.isCut ? start + this.maxPacketBytes : at + length;
    if (end > this.#filled) return this.#rest();
    this.start = start;
    this.body = at;
    this.end = end;
    if (this.isCut) this.#toDrop = excess;
    return 'packet';
  }

  /** What has come and is not read begins with this byte; also true when nothing has. */
  startsWith(byte: number): boolean {
    return this.unread === 0 || this.bytes[this.end] === byte;
  }

  /** Puts the packet back, to be read again. */
  unreadPacket(): void {
    this.end = this.start;
    if (this.isCut) this.#toDrop = 0;
  }

  #drop(): void {
    const dropped = Math.min(this.#toDrop, this.unread);
    this.end += dropped;
    this.#toDrop -= dropped;
  }

  /** Lets go of the socket's buffer, which may be large, when a part of a packet is all that is left. */
  #rest(): ReadStep {
    const { unread } = this;
    if (unread === 0) {
      this.bytes = nothing;
      this.#owned = false;
      this.#filled = 0;
    } else this.#reserve(unread, unread);
    this.#filled = unread;
    this.start = this.body = this.end = 0;
    return 'incomplete';
  }

  /** Moves the `unread` bytes to the front of an own buffer with room for `needed`. */
  #reserve(unread: number, needed: number): void {
    if (this.#owned && this.bytes.length >= needed) {
      if (this.end > 0) this.bytes.copyWithin(0, this.end, this.#filled);
      return;
    }
    const target = Buffer.allocUnsafeSlow(this.#owned ? Math.max(needed, 2 * unread) : needed);
    this.bytes.copy(target, 0, this.end, this.#filled);
    this.bytes = target;
    this.#owned = true;
  }
}

const nothing = Buffer.alloc(0);
