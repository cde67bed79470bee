import { createReadStream, createWriteStream } from 'node:fs';
import { open } from 'node:fs/promises';
import type { Duplex, Readable, Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { createGunzip, createGzip, createZstdCompress, createZstdDecompress } from 'node:zlib';
import { Failure } from '../station/failure.ts';
import {
  lineOf,
  messageOfLine,
  type RecordedMessage,
  type RecordingHeader,
  recordingHeader,
  recordingLine,
} from './recorded-message.ts';

/** Writes a recording: zstd, or by the name's ending gzip (`.gz`) or nothing (`.ndjson`). */
export class RecordingWriter {
  readonly #into: Writable;
  readonly #closed: Promise<void>;
  #messages = 0;
  #last = 0;

  constructor(path: string, header: RecordingHeader) {
    const file = createWriteStream(path, { flags: 'wx' });
    const packer = packerFor(path);
    if (packer !== null) packer.pipe(file);
    this.#into = packer ?? file;
    file.on('error', (error) => packer?.destroy(error));
    this.#closed = finished(file);
    this.#closed.catch(() => {});
    this.#into.on('error', () => {});
    this.#into.write(`${JSON.stringify(header)}\n`);
  }

  get messages(): number {
    return this.#messages;
  }

  /** Resolves when more may come, so that a fast broker fills no memory. */
  async write(message: RecordedMessage): Promise<void> {
    this.#messages += 1;
    this.#last = message.t;
    if (this.#into.write(`${lineOf(message)}\n`)) return;
    await Promise.race([new Promise((resolve) => this.#into.once('drain', resolve)), this.#closed]);
  }

  /** Resolves when all of it is in the file. */
  async end(): Promise<void> {
    this.#into.end(`${JSON.stringify({ end: true, messages: this.#messages, milliseconds: this.#last })}\n`);
    await this.#closed;
  }
}

function packerFor(path: string): Duplex | null {
  if (path.endsWith('.gz')) return createGzip();
  return path.endsWith('.ndjson') ? null : createZstdCompress();
}

/** A recording that is open: its header is read, its messages come as they are asked for. */
export interface OpenRecording {
  header: RecordingHeader;
  /** In their order. Throws a {@link Failure} at a line that is none, and at the end of one that was cut off. */
  messages: AsyncIterable<RecordedMessage>;
}

export async function openRecording(path: string): Promise<OpenRecording> {
  const rest = linesOf(await unpacked(path));
  const first = await rest.next().catch((error: Error) => {
    throw new Failure('recording', `${path} cannot be unpacked (${error.message}).`);
  });
  const header = recordingHeader.safeParse(first.done ? null : parseJson(first.value));
  if (!header.success) throw new Failure('recording', `${path} is no recording of version 1.`);
  return { header: header.data, messages: readLines(path, rest) };
}

/** Only a line feed ends a line: `readline` takes U+2028 for an end too, which a payload may hold. */
async function* linesOf(stream: Readable): AsyncGenerator<string> {
  let rest = '';
  for await (const chunk of stream.setEncoding('utf8')) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop()!;
    yield* lines;
  }
  if (rest !== '') yield rest;
}

async function* readLines(path: string, lines: AsyncIterator<string>): AsyncGenerator<RecordedMessage> {
  let no = 1;
  for (let next = await lines.next(); !next.done; next = await lines.next()) {
    no += 1;
    const line = recordingLine.safeParse(parseJson(next.value));
    if (!line.success)
      throw new Failure('recording', `${path} line ${no} is no message: ${next.value.slice(0, 60)}`);
    if ('end' in line.data) return;
    yield messageOfLine(line.data);
  }
  throw new Failure('recording', `${path} was cut off after ${no - 1} messages.`);
}

/** By the file's first bytes, whatever it is called. */
async function unpacked(path: string): Promise<Readable> {
  const head = Buffer.alloc(4);
  const file = await open(path).catch((error: NodeJS.ErrnoException) => {
    throw new Failure('recording', `${path} cannot be read (${error.code}).`);
  });
  await file.read(head, 0, 4, 0);
  await file.close();
  const stream = createReadStream(path);
  if (head.readUInt32LE(0) === 0xfd2fb528) return unpackedBy(stream, createZstdDecompress());
  return head.readUInt16BE(0) === 0x1f8b ? unpackedBy(stream, createGunzip()) : stream;
}

function unpackedBy(stream: Readable, unpacker: Duplex): Readable {
  stream.on('error', (error) => unpacker.destroy(error));
  return stream.pipe(unpacker);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
