import { connect, type Socket } from 'node:net';
import type { FloodFigures } from './flood-figures.ts';
import { InFlight } from './in-flight.ts';
import type { PlannedMessage } from './message-plan.ts';
import { AnswerReader, connectPacket, disconnect, pingreq } from './mqtt-packets.ts';
import type { Pace } from './pace.ts';
import { PlaceSet } from './place-set.ts';

/** What is said, by place: the connection's number, and the message's on it, from 0. */
interface Plan {
  read(connection: number, place: number, message: PlannedMessage): void;
}

/** Writes a PUBLISH of at most `longest` bytes at `start`, and gives where it ends. */
interface PacketWriter {
  readonly longest: number;
  write(
    target: Buffer,
    start: number,
    message: PlannedMessage,
    sending: { packetId: number; timeMs: number; duplicate: boolean },
  ): number;
}

/** What the connections of a flood share: all is synchronous, so one buffer each way does for thousands. */
export interface FloodShared {
  readonly target: { host: string; port: number };
  readonly credential: { username: string; password: string } | undefined;
  readonly window: number;
  readonly plan: Plan;
  readonly writer: PacketWriter;
  readonly figures: FloodFigures;
  /** Null until the flood begins. */
  pace: Pace | null;
  /** Wall clock minus `performance.now()`, both in ms. */
  readonly epoch: number;
  readonly input: Buffer;
  output: Buffer;
}

/** Why a connection was not let in: the return code of its CONNACK, or that nobody answers. */
export type OpenFailure = { code: number } | { lost: string };

/** Writes gather to this. With 16 KiB a window of 50 leaves in one system call. */
export const outputBytes = 16 * 1024;

const keepaliveS = 60;
const pingAfterMs = (keepaliveS * 1000) / 2;
const firstRetryMs = 20;
const lastRetryMs = 1000;

/** Reused for every message: writing one is synchronous. */
const message: PlannedMessage = { device: 0, seq: 0, alarm: false, weakness: 0, again: 'never' };
const sending = { packetId: 0, timeMs: 0, duplicate: false };

/**
 * One client of a flood: keeps its window full of what its plan has next, for as long as the pace lets it. When
 * the connection goes, by our own cut or otherwise, it comes again, and what was not acknowledged comes again
 * with it: DUP set, same packet id, same bytes.
 */
export class FloodConnection {
  readonly acknowledged = new PlaceSet();
  readonly #number: number;
  readonly #clientId: string;
  readonly #shared: FloodShared;
  readonly #inFlight: InFlight;
  readonly #answers: AnswerReader;
  /** 1: the slot's message is sent once more when it was acknowledged. */
  readonly #repeats: Uint8Array;
  readonly #toRepeat: number[] = [];
  #socket: Socket | null = null;
  #isOpen = false;
  #next = 0;
  #lastWriteAt = 0;
  #retryMs = firstRetryMs;
  #retry: NodeJS.Timeout | null = null;
  #onOpen: (failure: OpenFailure | null) => void = () => {};

  constructor(number: number, clientId: string, shared: FloodShared) {
    this.#number = number;
    this.#clientId = clientId;
    this.#shared = shared;
    this.#inFlight = new InFlight(shared.window);
    this.#repeats = new Uint8Array(shared.window);
    this.#answers = new AnswerReader({
      connack: (code) => this.#connack(code),
      puback: (packetId) => this.#puback(packetId),
      nonsense: () => this.#socket?.destroy(new Error('it does not speak MQTT 3.1.1')),
    });
  }

  /** Messages begun, from place 0 on. */
  get begun(): number {
    return this.#next;
  }

  /** Nothing is unacknowledged, and nothing that was to leave by now is still here. */
  isDrained(now: number): boolean {
    const { pace } = this.#shared;
    return (
      this.#inFlight.size === 0 && !(pace !== null && pace.intendedAt(this.#number, this.#next, now) <= now)
    );
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Opens it for the first time; null when it is let in. */
  open(): Promise<OpenFailure | null> {
    return new Promise((resolve) => {
      this.#onOpen = resolve;
      this.#connect();
    });
  }

  /** Sends what may go now. */
  fill(now: number): void {
    if (!this.#isOpen) return;
    const { pace, plan } = this.#shared;
    let at = this.#writeRepeats(now);
    while (pace !== null && this.#inFlight.hasRoom) {
      const intendedAt = pace.intendedAt(this.#number, this.#next, now);
      if (intendedAt > now) break;
      const slot = this.#inFlight.begin(this.#next, intendedAt);
      plan.read(this.#number, this.#next++, message);
      at = this.#writeNew(slot, at, now);
    }
    this.#send(at, now);
  }

  /** Ends the connection as a broken line does, at once and with a reset every other time. */
  cut(withReset: boolean): void {
    if (!this.#isOpen) return;
    this.#shared.figures.cut++;
    this.#isOpen = false;
    if (withReset) this.#socket?.resetAndDestroy();
    else this.#socket?.destroy();
  }

  /** Pings when nothing else was said for long. */
  keepAlive(now: number): void {
    if (!this.#isOpen || now - this.#lastWriteAt < pingAfterMs) return;
    this.#lastWriteAt = now;
    this.#socket?.write(pingreq);
  }

  /** Says goodbye; resolves when the socket is closed. */
  async close(): Promise<void> {
    if (this.#retry !== null) clearTimeout(this.#retry);
    const socket = this.#socket;
    this.#socket = null;
    if (socket === null || socket.closed) return;
    const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
    if (this.#isOpen) socket.end(disconnect);
    else socket.destroy();
    this.#isOpen = false;
    const patience = setTimeout(() => socket.destroy(), lastRetryMs);
    await closed;
    clearTimeout(patience);
  }

  #connect(): void {
    const { target, credential, input } = this.#shared;
    const callback = (length: number) => {
      this.#answers.read(input, length);
      if (this.#isWorthWriting()) this.fill(performance.now());
      return true;
    };
    const socket = connect({ ...target, noDelay: true, onread: { buffer: input, callback } });
    this.#socket = socket;
    this.#answers.clear();
    let why = 'the connection was closed';
    socket.on('error', (error) => {
      why = error.message;
    });
    socket.once('close', () => this.#gone(socket, why));
    socket.write(connectPacket({ clientId: this.#clientId, credential, keepaliveS }));
  }

  /** At full pace half a window is awaited: a write for each PUBACK would cost both ends 8 µs instead of 1. */
  #isWorthWriting(): boolean {
    const { pace, window } = this.#shared;
    const gathers = pace?.gathers === true && this.#toRepeat.length === 0;
    return !gathers || this.#inFlight.size * 2 <= window;
  }

  #connack(code: number): void {
    if (code !== 0) {
      this.#onOpen({ code });
      return;
    }
    const now = performance.now();
    this.#isOpen = true;
    this.#retryMs = firstRetryMs;
    let at = 0;
    for (const slot of this.#inFlight.takeUnanswered()) at = this.#writeAgain(slot, at, now);
    this.#send(at, now);
    this.#onOpen(null);
  }

  #gone(socket: Socket, why: string): void {
    if (this.#isOpen) this.#shared.figures.lost++;
    this.#isOpen = false;
    this.#toRepeat.length = 0;
    this.#onOpen({ lost: why });
    if (this.#socket !== socket) return;
    this.#retry = setTimeout(() => this.#connect(), this.#retryMs);
    this.#retryMs = Math.min(this.#retryMs * 2, lastRetryMs);
  }

  #puback(packetId: number): void {
    const slot = packetId - 1;
    const { figures } = this.#shared;
    const answer = this.#inFlight.answered(slot);
    if (answer === 'stray') {
      figures.stray++;
      return;
    }
    if (answer === 'first') {
      this.acknowledged.add(this.#inFlight.placeOf(slot));
      figures.acknowledge(this.#inFlight.intendedAt(slot), performance.now());
      if (this.#repeats[slot] === 1) {
        this.#inFlight.oweOneMore(slot);
        this.#toRepeat.push(slot);
      }
    }
    this.#inFlight.settle(slot);
  }

  #writeNew(slot: number, start: number, now: number): number {
    const { figures } = this.#shared;
    figures.sent++;
    if (message.alarm) figures.alarms++;
    this.#repeats[slot] = message.again === 'after' ? 1 : 0;
    let at = this.#write(slot, start, false, now);
    if (message.again === 'at-once') {
      this.#inFlight.oweOneMore(slot);
      figures.resent++;
      at = this.#write(slot, at, true, now);
    }
    return at;
  }

  #writeRepeats(now: number): number {
    let at = 0;
    for (const slot of this.#toRepeat) at = this.#writeAgain(slot, at, now);
    this.#toRepeat.length = 0;
    return at;
  }

  #writeAgain(slot: number, start: number, now: number): number {
    this.#shared.plan.read(this.#number, this.#inFlight.placeOf(slot), message);
    this.#shared.figures.resent++;
    this.#repeats[slot] = 0;
    return this.#write(slot, start, true, now);
  }

  /** Writes `message` behind what the output holds; sends that first when it is full. */
  #write(slot: number, start: number, duplicate: boolean, now: number): number {
    let at = start;
    const { writer, epoch } = this.#shared;
    if (at + writer.longest > outputBytes) {
      this.#send(at, now);
      at = 0;
    }
    sending.packetId = slot + 1;
    sending.timeMs = Math.floor(epoch + this.#inFlight.intendedAt(slot));
    sending.duplicate = duplicate;
    return writer.write(this.#shared.output, at, message, sending);
  }

  /**
   * Sends what the output holds. The system mostly takes all of it at once, and the buffer is used again; when it
   * does not, the buffer is left to the socket and another one takes its place.
   */
  #send(length: number, now: number): void {
    const socket = this.#socket;
    if (length === 0 || socket === null) return;
    this.#lastWriteAt = now;
    this.#shared.figures.lastSentAt = now;
    socket.write(this.#shared.output.subarray(0, length));
    if (socket.writableLength > 0) this.#shared.output = Buffer.allocUnsafeSlow(outputBytes);
  }
}
