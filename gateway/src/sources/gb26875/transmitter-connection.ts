import type { Socket } from 'node:net';
import type { Principal } from '../../admission/principals.ts';
import { TokenBucket } from '../../admission/rate-limit.ts';
import { answerFrame, gb26875Command, readFrame } from '../../codecs/gb26875-frame.ts';
import type { Origin } from '../../delivery.ts';
import type { ReadTopic } from '../../read-topic.ts';
import type { TransmitterEnd } from '../../transmitter-tallies.ts';
import type { Gb26875Shared } from '../gb26875-server.ts';
import { FrameReader } from './frame-reader.ts';

/** Why it is not read at the moment: unstored frames, its rate, or answers that it does not read. */
type Hold = 'window' | 'rate' | 'output';

/** A frame that is not stored yet, as far as its answer needs it, and the answer. */
interface Pending {
  head: Buffer;
  command: number;
}

/**
 * One transmitter, from accept to close. Each frame is answered once all that it caused is stored: confirmed (3) when it
 * was understood or is in quarantine, where sending it again would help nobody; denied (6) when it is damaged, since a
 * second copy may be whole. Confirmations and denials of the transmitter's are not answered.
 *
 * Bounds: `limits.window` unstored frames, then the socket is not read; a frame that does not get on for
 * `limits.frameTimeoutMs` is garbage; who sends nothing whole for too long, or more garbage than `limits.garbageBytes`
 * between two frames, is cut off.
 */
export class TransmitterConnection implements Origin {
  readonly #socket: Socket;
  readonly #shared: Gb26875Shared;
  readonly #principal: Principal;
  readonly #topic: ReadTopic;
  readonly #reader = new FrameReader();
  readonly #bucket: TokenBucket;
  readonly #pending = new Map<number, Pending>();
  #lastToken = 0;
  #garbage = 0;
  #hold: Hold | null = null;
  #heldSince = 0;
  #lastFrameAt: number;
  #lastByteAt: number;
  /** When what waits for its rest began to come; null: nothing waits. */
  #partSince: number | null = null;
  #closed = false;

  constructor(socket: Socket, shared: Gb26875Shared, principal: Principal, topic: ReadTopic) {
    this.#socket = socket;
    this.#shared = shared;
    this.#principal = principal;
    this.#topic = topic;
    this.#bucket = new TokenBucket(shared.rate, shared.monotonic());
    this.#lastFrameAt = this.#lastByteAt = shared.monotonic();
  }

  get principalName(): string {
    return this.#principal.name;
  }

  start(): void {
    this.#socket.on('data', (chunk) => this.#received(chunk));
    this.#socket.on('drain', () => this.#release('output'));
    this.#socket.on('error', () => this.close('connection-lost'));
    this.#socket.on('close', () => this.close('connection-lost'));
  }

  /** {@link Origin}: the frame of this token is stored. */
  stored(token: number): void {
    const pending = this.#pending.get(token);
    this.#pending.delete(token);
    if (pending !== undefined) this.#answer(pending);
    if (this.#hold === 'window') queueMicrotask(() => this.#release('window'));
  }

  /** The queue has room, or the rate may have. */
  resume(): void {
    this.#release('window');
    if (this.#bucket.waitMs(this.#shared.monotonic()) === 0) this.#release('rate');
  }

  /** The server's regular look. */
  sweep(now: number): void {
    const { limits } = this.#shared;
    if (this.#hold === 'output' && now - this.#heldSince > limits.outputTimeoutMs)
      this.close('output-not-read');
    this.resume();
    if (this.#hold !== null) return;
    if (this.#partSince !== null && now - this.#partSince > limits.wholeFrameMs) this.close('frame-timeout');
    if (this.#reader.waiting > 0 && now - this.#lastByteAt > limits.frameTimeoutMs) {
      this.#lastByteAt = now;
      this.#reader.giveUp();
      this.#read();
    }
    const patience = this.#lastToken === 0 ? limits.firstFrameMs : limits.idleMs;
    if (now - this.#lastFrameAt > patience) this.close('idle');
  }

  /** What is unstored stays unanswered: the transmitter has it still, and sends it again. */
  close(reason: TransmitterEnd): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#quarantineRest();
    this.#pending.clear();
    this.#socket.destroySoon();
    this.#shared.left(this, reason);
  }

  destroy(): void {
    this.#socket.destroy();
  }

  #received(chunk: Buffer): void {
    if (this.#closed) return;
    this.#lastByteAt = this.#shared.monotonic();
    this.#reader.append(chunk);
    this.#read();
  }

  /** What one transmitter sends must not end the service of all, not even by a fault of ours that it found. */
  #read(): void {
    try {
      this.#readFrames();
    } catch (error) {
      this.#shared.log.error({ err: error }, 'a transmitter met a fault of ours');
      this.close('internal-error');
    }
  }

  #readFrames(): void {
    const { monotonic } = this.#shared;
    while (this.#hold === null && !this.#closed) {
      const hold = this.#mustHold();
      if (hold !== null) {
        this.#holdFor(hold);
        return;
      }
      const read = this.#reader.next();
      if (read === null) {
        this.#partSince = this.#reader.waiting === 0 ? null : (this.#partSince ?? monotonic());
        return;
      }
      this.#partSince = null;
      if (read.garbage !== undefined) this.#takeGarbage(read.garbage);
      else this.#takeFrame(read.frame, read.sound);
    }
  }

  #takeGarbage(bytes: Buffer): void {
    this.#garbage += bytes.length;
    this.#shared.tallies.garbageBytes += bytes.length;
    this.#receive(bytes, 0);
    if (this.#garbage > this.#shared.limits.garbageBytes) this.close('garbage');
  }

  #takeFrame(frame: Buffer, sound: boolean): void {
    const { tallies, monotonic } = this.#shared;
    tallies.frames++;
    const read = sound ? readFrame(frame) : null;
    const isAnswer =
      read !== null &&
      typeof read !== 'string' &&
      (read.command === gb26875Command.confirm || read.command === gb26875Command.deny);
    const token = ++this.#lastToken;
    if (sound) {
      this.#garbage = 0;
      this.#lastFrameAt = monotonic();
    }
    const answer = {
      head: Buffer.from(frame.subarray(0, 30)),
      command: sound ? gb26875Command.confirm : gb26875Command.deny,
    };
    if (!isAnswer) this.#pending.set(token, answer);
    const outcome = this.#receive(frame, token);
    if (outcome === 'queued' || isAnswer) return;
    this.#pending.delete(token);
    this.#answer(outcome === 'done' ? answer : { ...answer, command: gb26875Command.deny });
  }

  #receive(payload: Buffer, token: number) {
    const { intake, clock } = this.#shared;
    this.#bucket.spend(payload.length);
    return intake.receive({
      principal: this.#principal,
      topic: this.#topic,
      payload,
      retained: false,
      delayed: false,
      receivedAt: clock(),
      source: 'gb26875',
      origin: this,
      token,
    });
  }

  /** Half a frame at the end is kept as what it is. */
  #quarantineRest(): void {
    const rest = this.#reader.rest();
    if (rest.length === 0) return;
    this.#shared.tallies.garbageBytes += rest.length;
    this.#receive(rest, 0);
  }

  #answer({ head, command }: Pending): void {
    if (this.#closed || !this.#socket.writable) return;
    const { tallies, clock } = this.#shared;
    if (command === gb26875Command.confirm) tallies.confirmed++;
    else tallies.denied++;
    this.#socket.write(answerFrame(head, command, clock()));
  }

  #mustHold(): Hold | null {
    const { queue, limits, monotonic } = this.#shared;
    const window = queue.pressure === 'open' ? limits.window : queue.pressure === 'full' ? 1 : 0;
    if (this.#pending.size >= window) return 'window';
    if (this.#socket.writableNeedDrain) return 'output';
    return this.#bucket.waitMs(monotonic()) > 0 ? 'rate' : null;
  }

  #holdFor(hold: Hold): void {
    this.#hold = hold;
    this.#heldSince = this.#shared.monotonic();
    this.#socket.pause();
  }

  #release(hold: Hold): void {
    if (this.#hold !== hold || this.#closed) return;
    this.#hold = null;
    this.#lastByteAt = this.#lastFrameAt = this.#shared.monotonic();
    this.#partSince = null;
    this.#read();
    if (!this.#isHeld()) this.#socket.resume();
  }

  #isHeld(): boolean {
    return this.#hold !== null || this.#closed;
  }
}
