import { isUtf8 } from 'node:buffer';

/**
 * Reads the fields of one packet by hand (MQTT 5 §1.5), in order, without a copy. What does not fit into the
 * packet, or is no UTF-8, or holds NUL, is noted once in `isBroken` instead of thrown at each field; what is read
 * after that means nothing.
 */
export class FieldReader {
  isBroken = false;
  /** Where the next field begins. */
  at: number;
  readonly bytes: Buffer;
  readonly end: number;

  constructor(bytes: Buffer, start: number, end: number) {
    this.bytes = bytes;
    this.at = start;
    this.end = end;
  }

  byte(): number {
    return this.#take(1) ? this.bytes[this.at - 1]! : 0;
  }

  twoBytes(): number {
    return this.#take(2) ? this.bytes.readUInt16BE(this.at - 2) : 0;
  }

  fourBytes(): number {
    return this.#take(4) ? this.bytes.readUInt32BE(this.at - 4) : 0;
  }

  /** A variable byte integer: 1 to 4 bytes. */
  variable(): number {
    let value = 0;
    let scale = 1;
    for (let length = 1; length <= 4; length++) {
      const digit = this.byte();
      value += (digit & 127) * scale;
      if (digit < 128) return value;
      scale *= 128;
    }
    this.isBroken = true;
    return 0;
  }

  /** A view into the packet; valid as long as its bytes are. */
  binary(): Buffer {
    const length = this.twoBytes();
    return this.#take(length) ? this.bytes.subarray(this.at - length, this.at) : nothing;
  }

  /** A string of its own: it does not keep the packet's bytes alive. */
  text(): string {
    const bytes = this.binary();
    if (bytes.includes(0) || !isUtf8(bytes)) this.isBroken = true;
    return this.isBroken ? '' : bytes.toString('utf8');
  }

  /** Steps over a UTF-8 string. */
  skipText(): void {
    const bytes = this.binary();
    if (bytes.includes(0) || !isUtf8(bytes)) this.isBroken = true;
  }

  #take(count: number): boolean {
    if (this.isBroken || this.at + count > this.end) {
      this.isBroken = true;
      return false;
    }
    this.at += count;
    return true;
  }
}

const nothing = Buffer.alloc(0);
