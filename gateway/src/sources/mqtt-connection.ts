import type { Socket } from 'node:net';
import type { Origin } from '../delivery.ts';
import { readTopic } from '../read-topic.ts';
import { type ConnectRequest, readConnect, turnAway } from './mqtt/connect.ts';
import { generateControlPacket, packetType, parseControlPacket } from './mqtt/control-packet.ts';
import { PacketReader } from './mqtt/packet-reader.ts';
import { newPublishView, type Qos, readPublish } from './mqtt/publish-packet.ts';
import { type CloseReason, type ConnectRefusal, disconnectCode } from './mqtt/reason-codes.ts';
import { encodeReplies, pingresp, type Reply } from './mqtt/replies.ts';
import { answerSubscribe, answerUnsubscribe } from './mqtt/subscribe.ts';
import { TopicReader } from './mqtt/topic-reader.ts';
import { disconnectFault, filterPropertiesFault, pubrelFault } from './mqtt/variable-header.ts';
import type { EndpointShared } from './mqtt-endpoint.ts';
import { type AdmittedClient, shakeHands } from './mqtt-handshake.ts';

/**
 * Why a connection is not read at the moment.
 *
 * - `authenticating`: the directory has not answered its CONNECT.
 * - `window`: it has as many unstored messages as it may. Ends when they are stored or the queue has room.
 * - `rate`: it is faster than its policy. Ends when the bucket has filled.
 * - `output`: it does not read what we write. Ends when it does, or the connection ends.
 */
export type Hold = 'authenticating' | 'window' | 'rate' | 'output';

/** Reused for every PUBLISH: reading one is synchronous. */
const view = newPublishView();

/** First byte of a CONNECT; who begins otherwise is not waited for. */
const connectHeader = packetType.connect << 4;

/** Where a socket keeps its connection: with listeners shared by all, an idle one needs no closures of its own. */
const owner: unique symbol = Symbol('connection');

interface OwnedSocket extends Socket {
  [owner]?: MqttConnection;
}

function onData(this: OwnedSocket, chunk: Buffer): void {
  this[owner]!.received(chunk);
}

function onDrain(this: OwnedSocket): void {
  this[owner]!.release('output');
}

function onLost(this: OwnedSocket): void {
  this[owner]!.lost();
}

function onClose(this: OwnedSocket): void {
  this[owner]!.gone();
}

/** Reasons after which nothing is waited for, since the client has shown that it does not read or speak. */
const atOnce: readonly CloseReason[] = ['output-not-read', 'connect-timeout', 'crowded-out'];

/**
 * One client of the endpoint, from accept to close.
 *
 * Acknowledgement (promise 1): PUBACK, and PUBREC for QoS 2, leave when the message is stored; heartbeats are
 * acknowledged at once. A message that the principal may not publish is never acknowledged as if stored: MQTT 5
 * is told 0x87; with 3.1.1 a server can only lie or close (MQTT-3.3.5-2), so it closes.
 *
 * Bounds: unstored messages (`limits.window`, and `limits.windowWhenFull` under pressure), then the socket is
 * not read, TCP holds the sender back, and the keepalive clock stands still, since it is we who do not listen.
 * Only a PUBLISH is held back; what comes before the next one, pings above all, is read and answered, and so are
 * heartbeats. When the socket's output is above its mark the connection is not read either, so a client that
 * reads nothing makes us buffer no more than the answers to one read.
 */
export class MqttConnection implements Origin {
  readonly #socket: Socket;
  readonly #shared: EndpointShared;
  readonly #reader: PacketReader;
  readonly #acceptedAt: number;
  #phase: 'new' | 'authenticating' | 'open' | 'closed' = 'new';
  #client: AdmittedClient | null = null;
  #lastPacketAt: number;
  /** When the packet of which a part is here began to come; means nothing while `#lastPacketAt` is as late. */
  #partSince = 0;
  #hold: Hold | null = null;
  /** When the hold began, or the connection was closed. */
  #since = 0;
  #replies: Reply[] = [];
  #flushing = false;
  readonly #topics: TopicReader;

  constructor(socket: Socket, shared: EndpointShared) {
    this.#socket = socket;
    this.#shared = shared;
    this.#topics = new TopicReader(shared.liveTopics);
    this.#reader = new PacketReader(shared.limits.maxConnectBytes);
    this.#acceptedAt = this.#lastPacketAt = shared.monotonic();
  }

  get principalName(): string | null {
    return this.#client?.principal.name ?? null;
  }

  get policyName(): string {
    return this.#client?.bucket.policyName ?? '';
  }

  start(): void {
    const socket: OwnedSocket = this.#socket;
    socket[owner] = this;
    socket.on('data', onData).on('drain', onDrain).on('error', onLost).on('close', onClose);
  }

  /** The socket brought bytes. */
  received(chunk: Buffer): void {
    if (this.#phase === 'closed') return;
    this.#reader.append(chunk);
    this.#read();
  }

  /** The socket ended, whoever ended it. */
  lost(): void {
    this.#finish('connection-lost');
  }

  /** The socket is gone. */
  gone(): void {
    this.lost();
    this.#shared.forget(this);
  }

  /** {@link Origin}: the message with this token (QoS and packet id) is stored. */
  stored(token: number): void {
    if (this.#phase === 'closed') return;
    const { window } = this.#client!;
    window.unstored--;
    this.#shared.tallies.unacknowledged--;
    this.#reply(window.settled((token >>> 16) as Qos, token & 0xffff));
  }

  /** Once a turn when there is something: writes what has gathered, reads on when there is room again. */
  flush(): void {
    this.#flushing = false;
    this.#flushReplies();
    if (this.#hold === 'window' && this.#client!.window.unstored * 2 <= this.#windowSize())
      this.release('window');
  }

  /** Reads on, if it is held for this. */
  release(hold: Hold): void {
    if (this.#hold !== hold) return;
    this.#hold = null;
    this.#lastPacketAt = this.#shared.monotonic();
    this.#read();
    if (this.#hold === null && !this.#isClosed()) this.#socket.resume();
  }

  /** The endpoint's regular look: ends what has been silent, slow or stuck for too long. */
  sweep(now: number): void {
    const { connectTimeoutMs, outputTimeoutMs, lingerMs } = this.#shared.limits;
    if (this.#phase === 'closed') {
      if (now - this.#since > lingerMs) this.#socket.destroy();
    } else if (this.#phase !== 'open') {
      if (now - this.#acceptedAt > connectTimeoutMs) this.close('connect-timeout');
    } else if (this.#hold === 'output') {
      if (now - this.#since > outputTimeoutMs) this.close('output-not-read');
    } else if (this.#hold === null) {
      const { silentMs } = this.#client!;
      if (this.#isStuckInPacket(now)) this.close('packet-timeout');
      if (silentMs > 0 && now - this.#lastPacketAt > silentMs) this.close('keepalive-timeout');
    }
  }

  /**
   * Ends the connection: what is owed is written, MQTT 5 is told why, and what the client still sends is read
   * and dropped until it closes or the linger is over (a reset at once could overtake the reason).
   */
  close(reason: CloseReason): void {
    if (this.#isClosed()) return;
    this.#flushReplies();
    const tell = this.#client?.version === 5 ? disconnectCode[reason] : null;
    if (tell !== null) this.#write(generateControlPacket({ cmd: 'disconnect', reasonCode: tell }, 5));
    this.#finish(reason);
    if (atOnce.includes(reason)) {
      this.destroy();
      return;
    }
    this.#socket.end();
    this.#socket.resume();
  }

  destroy(): void {
    this.#socket.destroy();
  }

  /** A byte now and then keeps no connection, whatever its keepalive. */
  #isStuckInPacket(now: number): boolean {
    if (this.#reader.unread === 0 || this.#partSince <= this.#lastPacketAt) return false;
    return now - this.#partSince > this.#shared.limits.packetTimeoutMs;
  }

  #isClosed(): boolean {
    return this.#phase === 'closed';
  }

  /** Once: the books, and the will. */
  #finish(reason: CloseReason): void {
    if (this.#isClosed()) return;
    this.#phase = 'closed';
    this.#since = this.#shared.monotonic();
    this.#hold = null;
    this.#shared.left(this, this.#client?.key ?? null, reason);
    if (this.#client === null) return;
    this.#shared.tallies.unacknowledged -= this.#client.window.unstored;
    if (reason !== 'shutting-down') this.#publishWill(this.#client);
  }

  #publishWill({ will, principal }: AdmittedClient): void {
    if (will === null) return;
    this.#shared.intake.receive({
      principal,
      topic: readTopic(will.topic),
      payload: will.payload,
      retained: will.retain,
      delayed: true,
      receivedAt: this.#shared.clock(),
      source: this.#shared.source,
      origin: this,
      token: 0,
    });
  }

  /** What one client sends must not end the service of all, not even by a fault of ours that it found. */
  #read(): void {
    try {
      this.#readPackets();
    } catch (error) {
      this.#shared.log.error(
        { err: error, principal: this.principalName },
        'a connection met a fault of ours',
      );
      this.close('internal-error');
    }
  }

  /** Packets in order, until the input is used up or there is a reason to wait. */
  #readPackets(): void {
    const now = this.#shared.monotonic();
    const receivedAt = this.#shared.clock();
    while (this.#hold === null && !this.#isClosed()) {
      const step = this.#reader.next();
      if (step === 'incomplete') {
        if (this.#partSince <= this.#lastPacketAt) this.#partSince = now;
        if (this.#phase === 'new' && !this.#reader.startsWith(connectHeader)) this.close('protocol-error');
        break;
      }
      const fault = step === 'packet' ? this.#packet(now, receivedAt) : step;
      if (fault !== null) this.close(fault);
    }
    if (this.#hold === null && !this.#isClosed() && this.#socket.writableNeedDrain) this.#holdFor('output');
  }

  #holdFor(hold: Hold): void {
    this.#hold = hold;
    this.#since = this.#shared.monotonic();
    this.#socket.pause();
    this.#shared.held(this, hold);
  }

  #connect(): CloseReason | null {
    const { bytes, start, body, end } = this.#reader;
    if (bytes[start]! >> 4 !== packetType.connect) return 'protocol-error';
    if (bytes[start] !== connectHeader) return 'malformed-packet';
    const outcome = readConnect(bytes, body, end);
    if ('fault' in outcome) return outcome.fault;
    if ('refused' in outcome) {
      this.#write(turnAway(outcome.refused, outcome.version));
      return this.#turnedAway(outcome.refused, '');
    }
    this.#phase = 'authenticating';
    this.#holdFor('authenticating');
    void this.#authenticate(outcome.request);
    return null;
  }

  async #authenticate(request: ConnectRequest): Promise<void> {
    const { client, refused, answer } = await shakeHands(
      request,
      () => this.#socket.remoteAddress ?? 'gone',
      this.#shared,
    );
    if (this.#phase !== 'authenticating') return;
    if (client === undefined) {
      this.#write(answer);
      this.close(this.#turnedAway(refused, request.username));
      return;
    }
    this.#client = client;
    this.#phase = 'open';
    this.#reader.maxPacketBytes = this.#shared.limits.maxPacketBytes;
    this.#shared.enter(this, client.key);
    this.#writePacket(client, answer);
    this.release('authenticating');
  }

  #turnedAway(refused: ConnectRefusal, username: string): CloseReason {
    const { tallies, journal, clock } = this.#shared;
    tallies.connectsRefused++;
    journal.refused(`${this.#socket.remoteAddress} ${username.slice(0, 64)}`, refused, clock());
    return 'connect-refused';
  }

  /** Only the type decides the path: PUBLISH, PUBREL and PINGREQ are read by hand, the rest by mqtt-packet. */
  #packet(now: number, receivedAt: number): CloseReason | null {
    const client = this.#client;
    this.#lastPacketAt = now;
    if (client === null) return this.#connect();
    const { bytes, start, body, end } = this.#reader;
    const flags = bytes[start]! & 15;
    switch (bytes[start]! >> 4) {
      case packetType.publish:
        return this.#publish(client, now, receivedAt);
      case packetType.pubrel:
        return pubrelFault(this.#reader, client.version) ?? this.#pubrel(client, bytes.readUInt16BE(body));
      case packetType.pingreq:
        if (flags !== 0 || end !== body) return 'malformed-packet';
        this.#reply(pingresp);
        return null;
      case packetType.subscribe:
      case packetType.unsubscribe:
      case packetType.disconnect:
        return this.#rareFault(client) ?? this.#controlPacket(client, bytes.subarray(start, end));
      case 0:
        return 'malformed-packet';
      default:
        return 'protocol-error';
    }
  }

  #pubrel({ window }: AdmittedClient, packetId: number): CloseReason | null {
    const answer = window.released(packetId);
    if (answer === null) return 'protocol-error';
    this.#reply(answer);
    return null;
  }

  #rareFault({ version }: AdmittedClient): CloseReason | null {
    const { bytes, start } = this.#reader;
    switch (bytes[start]! >> 4) {
      case packetType.subscribe:
        return filterPropertiesFault(this.#reader, 'subscribe', version);
      case packetType.unsubscribe:
        return filterPropertiesFault(this.#reader, 'unsubscribe', version);
      default:
        return disconnectFault(this.#reader, version);
    }
  }

  #controlPacket(client: AdmittedClient, bytes: Buffer): CloseReason | null {
    const { version, principal } = client;
    const { packet, fault } = parseControlPacket(bytes, version);
    if (fault !== undefined) return fault;
    if (packet.cmd === 'disconnect') {
      if ((packet.reasonCode ?? 0) === 0) client.will = null;
      return 'disconnected';
    }
    if (packet.cmd !== 'subscribe' && packet.cmd !== 'unsubscribe') return 'protocol-error';
    const answer =
      packet.cmd === 'subscribe'
        ? answerSubscribe(packet, principal, version)
        : answerUnsubscribe(packet, principal, version);
    if (typeof answer === 'string') return answer;
    this.#flushReplies();
    this.#writePacket(client, answer);
    return null;
  }

  #publish(client: AdmittedClient, now: number, receivedAt: number): CloseReason | null {
    const { window, bucket, principal } = client;
    const fault =
      readPublish(this.#reader, client.version, view) ?? this.#topics.read(this.#reader.bytes, view);
    if (fault !== null) return fault;
    const { qos, packetId, retain, duplicate, payloadStart } = view;
    const answered = window.repeated(qos, packetId);
    if (answered !== undefined) {
      this.#reply(answered);
      return null;
    }
    const violation = window.violation(qos);
    if (violation !== null) return violation;
    const hold = this.#mustHold(client, now);
    if (hold !== null) {
      this.#reader.unreadPacket();
      this.#holdFor(hold);
      return null;
    }
    const payload = this.#reader.bytes.subarray(payloadStart, this.#reader.end);
    bucket.spend(this.#reader.end - this.#reader.start);
    window.received(qos, packetId);
    const outcome = this.#shared.intake.receive({
      principal,
      topic: this.#topics.topic,
      payload,
      retained: retain,
      delayed: duplicate,
      receivedAt,
      source: this.#shared.source,
      origin: this,
      token: (qos << 16) | packetId,
    });
    if (outcome === 'queued') {
      window.unstored++;
      this.#shared.tallies.unacknowledged++;
      return null;
    }
    if (outcome === 'done') this.#reply(window.settled(qos, packetId));
    else if (client.version === 4 && qos > 0) return 'not-authorised';
    else this.#reply(window.refused(qos, packetId));
    return null;
  }

  #mustHold({ window, bucket }: AdmittedClient, now: number): Hold | null {
    const isHeartbeat = this.#topics.topic.address?.channel === 'heartbeat';
    if (!isHeartbeat && window.unstored >= this.#windowSize()) return 'window';
    return bucket.waitMs(now) > 0 ? 'rate' : null;
  }

  /** Unstored messages that it may have now. */
  #windowSize(): number {
    const { limits, queue } = this.#shared;
    switch (queue.pressure) {
      case 'open':
        return limits.window;
      case 'full':
        return limits.windowWhenFull;
      case 'flooded':
        return 0;
    }
  }

  /** Null: nothing to say, but there may be room again. */
  #reply(reply: Reply | null): void {
    if (reply !== null) this.#replies.push(reply);
    if (this.#flushing) return;
    this.#flushing = true;
    this.#shared.flushLater(this);
  }

  #flushReplies(): void {
    if (this.#replies.length === 0) return;
    this.#write(encodeReplies(this.#replies));
    this.#replies = [];
  }

  /** Not sent when it is larger than the client takes (MQTT-3.1.2-24, -25). */
  #writePacket({ maximumPacketSize }: AdmittedClient, bytes: Buffer): void {
    if (bytes.length <= maximumPacketSize) this.#write(bytes);
  }

  #write(bytes: Buffer): void {
    if (this.#socket.writable) this.#socket.write(bytes);
  }
}
