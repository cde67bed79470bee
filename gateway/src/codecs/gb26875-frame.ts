/** A frame of GB/T 26875.3-2011 (clause 8.2), taken apart. Multi-byte numbers are little endian. */
export interface Gb26875Frame {
  seq: number;
  /** Major version and the user's own, as two bytes. */
  version: number;
  /** Time tag, ms since 1970; null when it is no time. */
  at: number | null;
  /** In hexadecimal, the highest byte first. */
  source: string;
  destination: string;
  command: number;
  /** Application data unit; lies in the frame's bytes. */
  adu: Buffer;
}

/** Clause 8.2.6. */
export const gb26875Command = { control: 1, send: 2, confirm: 3, request: 4, reply: 5, deny: 6 } as const;

/** Without an application data unit. */
export const shortestFrame = 30;
export const longestAdu = 1024;

const offset = { seq: 2, version: 4, time: 6, source: 12, destination: 18, length: 24, command: 26, adu: 27 };

/** Length of the frame that begins here, as it says itself; null when it cannot be one. At least 26 bytes. */
export function frameLength(bytes: Buffer, start: number): number | null {
  const length = bytes.readUInt16LE(start + offset.length);
  return length > longestAdu ? null : shortestFrame + length;
}

/** Bytes from which {@link frameLength} can be told. */
export const frameHeadBytes = offset.command;

/** A reason when the bytes are no frame. */
export function readFrame(bytes: Buffer): Gb26875Frame | string {
  if (bytes.length < shortestFrame) return `${bytes.length} bytes`;
  if (bytes.readUInt16BE(0) !== 0x4040) return 'it does not begin with 40 40';
  if (frameLength(bytes, 0) !== bytes.length) return 'its length is another than it says';
  if (bytes.readUInt16BE(bytes.length - 2) !== 0x2323) return 'it does not end with 23 23';
  if (!hasRightChecksum(bytes)) return `its checksum is ${checksumOf(bytes)}, it says ${bytes.at(-3)}`;
  return {
    seq: bytes.readUInt16LE(offset.seq),
    version: bytes.readUInt16LE(offset.version),
    at: readTime(bytes, offset.time),
    source: readAddress(bytes, offset.source),
    destination: readAddress(bytes, offset.destination),
    command: bytes[offset.command]!,
    adu: bytes.subarray(offset.adu, -3),
  };
}

/** For a whole frame. */
export function hasRightChecksum(frame: Buffer): boolean {
  return checksumOf(frame) === frame.at(-3);
}

/** Sum of the bytes from the sequence number to the end of the data unit, mod 256. */
function checksumOf(frame: Buffer): number {
  let sum = 0;
  for (let i = offset.seq; i < frame.length - 3; i++) sum += frame[i]!;
  return sum & 0xff;
}

/** The answer to a frame, without a data unit: same sequence number, addresses exchanged (clause 7.3). */
export function answerFrame(asked: Buffer, command: number, now: number): Buffer {
  const answer = Buffer.alloc(shortestFrame);
  answer.writeUInt16BE(0x4040, 0);
  asked.copy(answer, offset.seq, offset.seq, offset.time);
  writeTime(answer, offset.time, now);
  asked.copy(answer, offset.source, offset.destination, offset.length);
  asked.copy(answer, offset.destination, offset.source, offset.destination);
  answer[offset.command] = command;
  answer[offset.adu] = checksumOf(answer);
  answer.writeUInt16BE(0x2323, shortestFrame - 2);
  return answer;
}

/** The norm's clock is that of its country, which has one zone and no summer time. */
const zoneMs = 8 * 3_600_000;

/** Seconds, minutes, hours, day, month, year of the century, binary (clause 8.2.2). Null: no time. */
export function readTime(bytes: Buffer, at: number): number | null {
  const [second, minute, hour, day, month, year] = bytes.subarray(at, at + 6);
  if (year === undefined) return null;
  const right =
    second! < 60 &&
    minute! < 60 &&
    hour! < 24 &&
    day! >= 1 &&
    day! <= 31 &&
    month! >= 1 &&
    month! <= 12 &&
    year < 100;
  return right ? Date.UTC(2000 + year, month! - 1, day!, hour!, minute!, second!) - zoneMs : null;
}

function writeTime(bytes: Buffer, at: number, ms: number): void {
  const time = new Date(ms + zoneMs);
  bytes.set([time.getUTCSeconds(), time.getUTCMinutes(), time.getUTCHours()], at);
  bytes.set([time.getUTCDate(), time.getUTCMonth() + 1, time.getUTCFullYear() % 100], at + 3);
}

function readAddress(bytes: Buffer, at: number): string {
  return Buffer.from(bytes.subarray(at, at + 6))
    .reverse()
    .toString('hex');
}
