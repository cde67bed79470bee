/** What a flood needs of MQTT 3.1.1 beside PUBLISH, by hand: this is the far end of what is tested. */
export interface ConnectOptions {
  clientId: string;
  /** Absent: anonymous. */
  credential?: { username: string; password: string } | undefined;
  keepaliveS: number;
}

export const pingreq = Buffer.from([0xc0, 0]);
export const disconnect = Buffer.from([0xe0, 0]);

/** CONNECT with a clean session (MQTT §3.1). */
export function connectPacket({ clientId, credential, keepaliveS }: ConnectOptions): Buffer {
  const flags = credential === undefined ? 0x02 : 0xc2;
  const fields = credential === undefined ? [clientId] : [clientId, credential.username, credential.password];
  const body = Buffer.concat([
    text('MQTT'),
    Buffer.from([4, flags, keepaliveS >>> 8, keepaliveS & 255]),
    ...fields.map(text),
  ]);
  return Buffer.concat([Buffer.from([0x10]), remainingLength(body.length), body]);
}

function text(value: string): Buffer {
  const bytes = Buffer.from(value);
  return Buffer.concat([Buffer.from([bytes.length >>> 8, bytes.length & 255]), bytes]);
}

function remainingLength(length: number): Buffer {
  return Buffer.from(length < 128 ? [length] : [(length & 127) | 128, length >>> 7]);
}

export interface Heard {
  connack(returnCode: number): void;
  puback(packetId: number): void;
  /** Anything that a server may not say to us here. */
  nonsense(): void;
}

/**
 * Reads CONNACK, PUBACK and PINGRESP out of a byte stream, packets cut anywhere. All are at most 4 bytes long
 * in MQTT 3.1.1, so what is left of one fits into one number.
 */
export class AnswerReader {
  readonly #heard: Heard;
  readonly #rest = new Uint8Array(4);
  #restLength = 0;

  constructor(heard: Heard) {
    this.#heard = heard;
  }

  /** For a new connection. */
  clear(): void {
    this.#restLength = 0;
  }

  read(bytes: Uint8Array, length: number): void {
    let at = this.#finishRest(bytes, length);
    while (at + 4 <= length && bytes[at] === 0x40 && bytes[at + 1] === 2) {
      this.#heard.puback((bytes[at + 2]! << 8) | bytes[at + 3]!);
      at += 4;
    }
    while (at < length) at = this.#step(bytes, at);
  }

  /** Completes the packet that the last bytes began. */
  #finishRest(bytes: Uint8Array, length: number): number {
    let at = 0;
    while (this.#restLength > 0 && at < length) at = this.#step(bytes, at);
    return at;
  }

  /** Takes one byte. */
  #step(bytes: Uint8Array, at: number): number {
    const rest = this.#rest;
    rest[this.#restLength++] = bytes[at]!;
    if (this.#restLength < 2) return at + 1;
    if (rest[1]! > 2) {
      this.#restLength = 0;
      this.#heard.nonsense();
      return bytes.length;
    }
    if (this.#restLength === 2 + rest[1]!) {
      this.#restLength = 0;
      this.#tell(rest);
    }
    return at + 1;
  }

  #tell([header, length, first, second]: Uint8Array): void {
    if (header === 0x40 && length === 2) this.#heard.puback((first! << 8) | second!);
    else if (header === 0x20 && length === 2) this.#heard.connack(second!);
    else if (header !== 0xd0 || length !== 0) this.#heard.nonsense();
  }
}
