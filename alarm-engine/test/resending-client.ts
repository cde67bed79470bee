import { connect, type Socket } from 'node:net';
import { generate, type Packet, parser } from 'mqtt-packet';

export interface ResendingClientOptions {
  port: number;
  username: string;
  password: string;
  clientId: string;
  /** Most messages under way. */
  window: number;
  /** Seconds; 0: none, and no pings. */
  keepalive: number;
}

interface Message {
  topic: string;
  payload: string;
  acknowledged: () => void;
}

const reconnectMs = 20;

/**
 * A device as MQTT wants it: what is not acknowledged is sent again with DUP on the next connection, in its order,
 * and a connection that is lost is made again. It counts what a test asks about.
 */
export class ResendingClient {
  readonly #options: ResendingClientOptions;
  readonly #underWay = new Map<number, Message>();
  readonly #waiting: Message[] = [];
  #socket: Socket | null = null;
  #connected = false;
  #stopped = false;
  #lastId = 0;
  #pings: NodeJS.Timeout | null = null;
  #answered: (() => void)[] = [];
  readonly #admitted = Promise.withResolvers<void>();
  acknowledged = 0;
  /** Connections that were lost after they were let in. */
  cuts = 0;

  constructor(options: ResendingClientOptions) {
    this.#options = options;
  }

  /** Resolves when it is let in for the first time; later connections come by themselves. */
  start(): Promise<void> {
    this.#connect();
    return this.#admitted.promise;
  }

  #connect(): void {
    const { port, username, password, clientId, keepalive } = this.#options;
    const socket = connect(port, '127.0.0.1').setNoDelay();
    this.#socket = socket;
    const packets = parser().on('packet', (packet) => this.#hear(packet));
    socket.on('data', (bytes) => packets.parse(bytes));
    socket.on('error', () => {});
    socket.on('close', () => this.#lost());
    socket.on('connect', () =>
      this.#say({
        cmd: 'connect',
        clientId,
        clean: false,
        keepalive,
        username,
        password: Buffer.from(password),
      }),
    );
  }

  /** Resolves when it is acknowledged, on whichever connection. */
  publish(topic: string, payload: string): Promise<void> {
    return new Promise((acknowledged) => {
      this.#waiting.push({ topic, payload, acknowledged });
      this.#pump();
    });
  }

  /** Sends without a window, with DUP or without; resolves when it is acknowledged on this connection. */
  send(topic: string, payload: string, dup: boolean): Promise<void> {
    return new Promise((acknowledged) => {
      const messageId = this.#nextId();
      this.#underWay.set(messageId, { topic, payload, acknowledged });
      this.#send(messageId, { topic, payload, acknowledged }, dup);
    });
  }

  /** Resolves with the answer to a ping: the server has read all that was sent before. */
  ping(): Promise<void> {
    const answered = this.nextPong();
    this.#ping();
    return answered;
  }

  /** Resolves with the next answer to a ping. */
  nextPong(): Promise<void> {
    return new Promise((answered) => this.#answered.push(answered));
  }

  stop(): void {
    this.#stopped = true;
    this.#socket?.destroy();
  }

  #say(packet: Packet): void {
    this.#socket?.write(generate(packet));
  }

  #hear(packet: Packet): void {
    if (packet.cmd === 'connack' && packet.returnCode === 0) this.#letIn();
    else if (packet.cmd === 'puback') this.#acknowledge(packet.messageId ?? 0);
    else if (packet.cmd === 'pingresp') this.#ponged();
  }

  #letIn(): void {
    this.#connected = true;
    this.#admitted.resolve();
    const { keepalive } = this.#options;
    if (keepalive > 0) this.#pings = setInterval(() => this.#ping(), keepalive * 900);
    for (const [messageId, message] of this.#underWay) this.#send(messageId, message, true);
    this.#pump();
  }

  #ping(): void {
    this.#say({ cmd: 'pingreq' });
  }

  #ponged(): void {
    for (const answered of this.#answered.splice(0)) answered();
  }

  #acknowledge(messageId: number): void {
    const message = this.#underWay.get(messageId);
    if (message === undefined) return;
    this.#underWay.delete(messageId);
    this.acknowledged += 1;
    message.acknowledged();
    this.#pump();
  }

  #pump(): void {
    while (this.#connected && this.#underWay.size < this.#options.window && this.#waiting.length > 0) {
      const message = this.#waiting.shift()!;
      const messageId = this.#nextId();
      this.#underWay.set(messageId, message);
      this.#send(messageId, message, false);
    }
  }

  #nextId(): number {
    do this.#lastId = (this.#lastId % 65_535) + 1;
    while (this.#underWay.has(this.#lastId));
    return this.#lastId;
  }

  #send(messageId: number, { topic, payload }: Message, dup: boolean): void {
    this.#say({ cmd: 'publish', topic, payload, qos: 1, retain: false, dup, messageId });
  }

  #lost(): void {
    if (this.#pings !== null) clearInterval(this.#pings);
    if (this.#connected) this.cuts += 1;
    this.#connected = false;
    if (!this.#stopped) setTimeout(() => this.#stopped || this.#connect(), reconnectMs);
  }
}
