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
  #pingedAt: number | null = null;
  #pings: NodeJS.Timeout | null = null;
  acknowledged = 0;
  /** Connections that were lost after they were let in. */
  cuts = 0;
  pongs = 0;
  slowestPongMs = 0;

  constructor(options: ResendingClientOptions) {
    this.#options = options;
  }

  start(): void {
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

  /** Sent and not acknowledged yet. */
  get underWay(): number {
    return this.#underWay.size;
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
    this.#pingedAt = null;
    const { keepalive } = this.#options;
    if (keepalive > 0) this.#pings = setInterval(() => this.#ping(), keepalive * 900);
    for (const [messageId, message] of this.#underWay) this.#send(messageId, message, true);
    this.#pump();
  }

  #ping(): void {
    this.#pingedAt ??= performance.now();
    this.#say({ cmd: 'pingreq' });
  }

  #ponged(): void {
    if (this.#pingedAt !== null)
      this.slowestPongMs = Math.max(this.slowestPongMs, performance.now() - this.#pingedAt);
    this.#pingedAt = null;
    this.pongs += 1;
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
      do this.#lastId = (this.#lastId % 65_535) + 1;
      while (this.#underWay.has(this.#lastId));
      this.#underWay.set(this.#lastId, message);
      this.#send(this.#lastId, message, false);
    }
  }

  #send(messageId: number, { topic, payload }: Message, dup: boolean): void {
    this.#say({ cmd: 'publish', topic, payload, qos: 1, retain: false, dup, messageId });
  }

  #lost(): void {
    if (this.#pings !== null) clearInterval(this.#pings);
    if (this.#connected) this.cuts += 1;
    this.#connected = false;
    if (!this.#stopped) setTimeout(() => this.#stopped || this.start(), reconnectMs);
  }
}
