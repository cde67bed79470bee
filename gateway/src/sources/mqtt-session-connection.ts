import type { Socket } from 'node:net';
import type { Origin } from '../delivery.ts';
import type { SessionEnd } from '../session-tallies.ts';
import { AcknowledgementRing } from './mqtt/acknowledgement-ring.ts';
import { introduce, readWelcome } from './mqtt/broker-welcome.ts';
import {
  generateControlPacket,
  type ProtocolVersion,
  packetType,
  parseControlPacket,
} from './mqtt/control-packet.ts';
import { PacketReader } from './mqtt/packet-reader.ts';
import { newPublishView, readPublish } from './mqtt/publish-packet.ts';
import { code, disconnectCode } from './mqtt/reason-codes.ts';
import { encodeReplies, pingreq, type Reply } from './mqtt/replies.ts';
import { TopicReader } from './mqtt/topic-reader.ts';
import type { SessionShared } from './mqtt-session.ts';

/** - `window`: as many unacknowledged messages as may be. - `output`: the broker does not read what we write. */
type Hold = 'window' | 'output';

/**
 * More than receive maximum is read, so many messages. Mosquitto 2.0.11 sends one too many once a full window was
 * acknowledged; ended for that (MQTT 5 §3.3.4 has 0x93 for it), the connection would end at every pause of the database. What comes beyond
 * is not read until there is room.
 */
const excess = 16;

/** DISCONNECT (MQTT §3.14) of a client: what the broker is told at the end; nothing in 3.1.1 but an orderly one. */
const goodbyeCode: Partial<Record<SessionEnd, number>> = {
  'shutting-down': code.success,
  'subscription-refused': code.success,
  'malformed-packet': 0x81,
  'protocol-error': 0x82,
  'topic-alias-invalid': 0x94,
  'topic-name-invalid': 0x90,
  'internal-error': 0x80,
};

const view = newPublishView();

/**
 * One connection of the session, from the attempt to its end. Never used again: what a message of an ended
 * connection is told (stored) goes nowhere, since its packet id means nothing to the next one; the broker sends
 * it again there, and the event meets its twin.
 *
 * PUBACK leaves when the message is stored, in the order in which they came ({@link AcknowledgementRing}), all
 * that a transaction stored in one write. Bounds: so many messages in the ring (`limits.window`, under pressure
 * `limits.windowWhenFull`, at twice the queue's bound none); then the socket is not read and TCP holds the broker
 * back. Our pings go out all the same, and the broker is not judged by what we do not read.
 */
export class MqttSessionConnection implements Origin {
  readonly #shared: SessionShared;
  readonly #version: ProtocolVersion;
  readonly #reader: PacketReader;
  readonly #ring: AcknowledgementRing;
  readonly #topics: TopicReader;
  readonly #closed = Promise.withResolvers<void>();
  #socket: Socket | null = null;
  #phase: 'connecting' | 'introduced' | 'open' | 'closed' = 'connecting';
  #hold: Hold | null = null;
  /** When the phase or the hold began. */
  #since: number;
  #openedAt = 0;
  #heardAt = 0;
  #pingedAt = 0;
  /** Ours or the broker's, whichever is shorter: to ping more often than it asks is allowed. */
  #keepaliveMs: number;
  /** When SUBSCRIBE went out that is not answered; null: none is. */
  #subscribedAt: number | null = null;
  /** The broker may still hold older messages for us: what comes now may have waited there. */
  #catchesUp = true;
  #flushing = false;

  constructor(shared: SessionShared, version: ProtocolVersion) {
    this.#shared = shared;
    this.#topics = new TopicReader(shared.liveTopics);
    this.#version = version;
    this.#reader = new PacketReader(shared.limits.maxPacketBytes, { cuts: true });
    this.#ring = new AcknowledgementRing(shared.limits.window + excess);
    this.#keepaliveMs = shared.limits.keepaliveMs;
    this.#since = shared.monotonic();
  }

  start(): void {
    const socket = this.#shared.openSocket(() => this.#introduce());
    this.#socket = socket;
    socket.on('data', (chunk: Buffer) => {
      if (this.#phase === 'closed') return;
      this.#heardAt = this.#shared.monotonic();
      this.#reader.append(chunk);
      this.#read();
    });
    socket.on('drain', () => this.release('output'));
    socket.on('error', (error) => this.#lost((error as NodeJS.ErrnoException).code ?? error.message));
    socket.on('close', () => {
      this.#lost('closed by the broker');
      this.#closed.resolve();
    });
  }

  /** {@link Origin}. */
  stored(token: number): void {
    if (this.#phase === 'closed') return;
    this.#ring.settle(token);
    this.#flushLater();
  }

  /** Reads on, if it is held for this. */
  release(hold: Hold): void {
    if (this.#hold !== hold) return;
    this.#hold = null;
    this.#heardAt = this.#shared.monotonic();
    if (this.#subscribedAt !== null) this.#subscribedAt = this.#heardAt;
    this.#read();
    if (this.#hold === null && this.#phase !== 'closed') this.#socket!.resume();
  }

  /** `stoodStill`: we did not run for a while and could not hear anybody. */
  sweep(now: number, stoodStill: boolean): void {
    if (this.#phase === 'open') this.#ping(now);
    if (stoodStill || this.#phase === 'closed') return;
    const overdue = this.#overdue(now);
    if (overdue !== null) this.close(overdue, '');
  }

  /** Ends it. The session stays with the broker, and so does what is not acknowledged. */
  close(end: SessionEnd, detail: string): void {
    if (this.#phase === 'closed') return;
    const isHeard = this.#phase === 'open' && end !== 'broker-silent' && end !== 'output-not-read';
    if (isHeard) {
      this.#writeAcknowledgements();
      this.#sayGoodbye(end);
    }
    this.#finish(end, detail);
    if (isHeard) this.#socket!.destroySoon();
    else this.destroy();
  }

  /** Resolves when its socket is gone. */
  whenClosed(): Promise<void> {
    return this.#closed.promise;
  }

  destroy(): void {
    this.#socket?.destroy();
  }

  #sayGoodbye(end: SessionEnd): void {
    const reasonCode = goodbyeCode[end];
    if (reasonCode === undefined || (this.#version === 4 && reasonCode !== code.success)) return;
    this.#write(generateControlPacket({ cmd: 'disconnect', reasonCode }, this.#version));
  }

  #lost(detail: string): void {
    if (this.#phase !== 'closed')
      this.#finish(this.#phase === 'connecting' ? 'unreachable' : 'connection-lost', detail);
  }

  /** Once. */
  #finish(end: SessionEnd, detail: string): void {
    const openForMs = this.#phase === 'open' ? this.#shared.monotonic() - this.#openedAt : 0;
    this.#phase = 'closed';
    this.#hold = null;
    this.#shared.tallies.unacknowledged -= this.#ring.size;
    this.#shared.ended(end, detail, openForMs);
  }

  #introduce(): void {
    if (this.#phase !== 'connecting') return;
    this.#phase = 'introduced';
    this.#write(introduce(this.#shared.introduction(this.#version)));
  }

  #ping(now: number): void {
    const isInHaste = this.#catchesUp && this.#hold === null;
    if (!isInHaste && now - this.#pingedAt < this.#keepaliveMs / 2) return;
    this.#pingedAt = now;
    this.#write(encodeReplies([pingreq]));
  }

  #overdue(now: number): SessionEnd | null {
    const { connectTimeoutMs, outputTimeoutMs } = this.#shared.limits;
    if (this.#phase !== 'open') return now - this.#since > connectTimeoutMs ? 'connect-timeout' : null;
    if (this.#hold === 'output') return now - this.#since > outputTimeoutMs ? 'output-not-read' : null;
    if (this.#hold !== null) return null;
    if (this.#subscribedAt !== null && now - this.#subscribedAt > connectTimeoutMs) return 'connect-timeout';
    return now - this.#heardAt > this.#keepaliveMs ? 'broker-silent' : null;
  }

  /** What the broker sends must not end the service, not even by a fault of ours that it found. */
  #read(): void {
    try {
      this.#readPackets();
    } catch (error) {
      this.#shared.fault(error);
      this.close('internal-error', '');
    }
  }

  #readPackets(): void {
    const receivedAt = this.#shared.clock();
    while (this.#hold === null && !this.#isClosed()) {
      const step = this.#reader.next();
      if (step === 'incomplete') break;
      const end = step === 'packet' ? this.#packet(receivedAt) : step;
      if (end !== null) this.close(end, '');
    }
    if (this.#hold === null && !this.#isClosed() && this.#socket!.writableNeedDrain) this.#holdFor('output');
  }

  #isClosed(): boolean {
    return this.#phase === 'closed';
  }

  #holdFor(hold: Hold): void {
    this.#hold = hold;
    this.#since = this.#shared.monotonic();
    this.#socket!.pause();
  }

  /** Only the type decides the path: PUBLISH and PINGRESP are read by hand, the rest by mqtt-packet. */
  #packet(receivedAt: number): SessionEnd | null {
    const { bytes, start, body, end } = this.#reader;
    const type = bytes[start]! >> 4;
    if (this.#phase !== 'open') return type === packetType.connack ? this.#connack() : 'protocol-error';
    switch (type) {
      case packetType.publish:
        return this.#publish(receivedAt);
      case packetType.pingresp:
        if (bytes[start] !== packetType.pingresp << 4 || end !== body) return 'malformed-packet';
        if (this.#ring.size * 2 < this.#shared.limits.window) this.#catchesUp = false;
        return null;
      case packetType.suback:
      case packetType.disconnect:
        return this.#controlPacket();
      default:
        return type === 0 ? 'malformed-packet' : 'protocol-error';
    }
  }

  #connack(): SessionEnd | null {
    const { bytes, start, end } = this.#reader;
    const answer = readWelcome(bytes.subarray(start, end), this.#version);
    if (answer.fault !== undefined) return answer.fault;
    if (answer.refused !== undefined) {
      this.close(answer.refused, answer.detail);
      return null;
    }
    this.#phase = 'open';
    this.#openedAt = this.#shared.monotonic();
    this.#keepaliveMs = Math.min(this.#keepaliveMs, answer.welcome.keepaliveMs ?? Number.POSITIVE_INFINITY);
    const subscribe = this.#shared.welcomed(answer.welcome);
    if (subscribe !== null) {
      this.#subscribedAt = this.#openedAt;
      this.#write(subscribe);
    }
    this.#ping(this.#openedAt);
    return null;
  }

  #controlPacket(): SessionEnd | null {
    const { bytes, start, end } = this.#reader;
    const { packet, fault } = parseControlPacket(bytes.subarray(start, end), this.#version);
    if (fault !== undefined) return fault;
    if (packet.cmd === 'disconnect') return this.#disconnected(packet.reasonCode ?? 0);
    if (packet.cmd !== 'suback') return 'protocol-error';
    this.#subscribedAt = null;
    const grants = packet.granted.map((grant) => Number(grant));
    const { end: refused, detail, next } = this.#shared.granted(packet.messageId ?? 0, grants);
    if (refused !== undefined) this.close(refused, detail);
    else if (next !== null) this.#write(next);
    return null;
  }

  #disconnected(reasonCode: number): SessionEnd | null {
    if (this.#version === 4) return 'protocol-error';
    if (reasonCode === disconnectCode['taken-over']) return 'taken-over';
    this.close('broker-disconnected', `reason ${reasonCode}`);
    return null;
  }

  #publish(receivedAt: number): SessionEnd | null {
    const { limits, tallies } = this.#shared;
    const reader = this.#reader;
    const fault = readPublish(reader, this.#version, view) ?? this.#topics.read(reader.bytes, view);
    if (fault !== null) return fault;
    const { qos, packetId, retain, duplicate, payloadStart } = view;
    if (qos === 2) return 'protocol-error';
    if (this.#topics.topic.full.startsWith('$')) {
      this.#shared.news(this.#topics.topic.full, reader.bytes.subarray(payloadStart, reader.end));
      return null;
    }
    if (this.#ring.holds(packetId)) return null;
    if (this.#ring.size >= this.#windowSize()) {
      reader.unreadPacket();
      this.#catchesUp = true;
      this.#holdFor('window');
      return null;
    }
    const token = this.#ring.add(packetId);
    tallies.messages++;
    tallies.unacknowledged++;
    if (this.#ring.size >= limits.window) this.#catchesUp = true;
    const outcome = this.#shared.intake.receive({
      principal: this.#shared.principal,
      topic: this.#topics.topic,
      payload: reader.bytes.subarray(payloadStart, reader.end),
      retained: retain,
      delayed: duplicate || this.#catchesUp,
      receivedAt,
      source: this.#shared.source,
      origin: this,
      token,
    });
    if (outcome !== 'queued') this.#settleAtOnce(token, outcome);
    return null;
  }

  /** What is not for us is no reason to have it sent for ever: it is counted, logged, and MQTT 5 is told. */
  #settleAtOnce(token: number, outcome: 'done' | 'not-authorised'): void {
    const tell = outcome === 'not-authorised' && this.#version === 5;
    this.#ring.settle(token, tell ? code.notAuthorised : code.success);
    this.#flushLater();
  }

  #windowSize(): number {
    const { limits, queue } = this.#shared;
    switch (queue.pressure) {
      case 'open':
        return limits.window + excess;
      case 'full':
        return Math.min(limits.windowWhenFull, limits.window);
      case 'flooded':
        return 0;
    }
  }

  /** One write for all that is settled in this turn. */
  #flushLater(): void {
    if (this.#flushing || !this.#ring.isFrontSettled) return;
    this.#flushing = true;
    queueMicrotask(() => {
      this.#flushing = false;
      if (this.#isClosed()) return;
      this.#writeAcknowledgements();
      if (this.#hold === 'window' && this.#ring.size * 2 <= this.#windowSize()) this.release('window');
    });
  }

  #writeAcknowledgements(): void {
    const before = this.#ring.size;
    const replies: Reply[] = [];
    this.#ring.flush(replies);
    this.#shared.tallies.unacknowledged -= before - this.#ring.size;
    if (replies.length > 0) this.#write(encodeReplies(replies));
  }

  #write(bytes: Buffer): void {
    if (this.#socket?.writable === true) this.#socket.write(bytes);
  }
}
