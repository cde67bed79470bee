import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { generate, type IConnackPacket, type Packet, parser } from 'mqtt-packet';
import { until } from './station.ts';

/** The broker's end of one connection: it says what it is told to, byte by byte, and notes what it hears. */
export class BrokerEnd {
  readonly heard: Packet[] = [];
  readonly socket: Socket;
  version: 4 | 5;
  closed = false;

  constructor(socket: Socket, version: 4 | 5) {
    this.socket = socket;
    this.version = version;
    const reader = parser({ protocolVersion: version });
    reader.on('packet', (packet) => this.heard.push(packet));
    reader.on('error', () => {});
    socket.on('data', (bytes) => reader.parse(bytes));
    socket.on('error', () => {});
    socket.on('close', () => {
      this.closed = true;
    });
  }

  send(packet: Packet): void {
    this.socket.write(generate(packet, { protocolVersion: this.version }));
  }

  sendHex(text: string): void {
    this.socket.write(Buffer.from(text.replaceAll(' ', ''), 'hex'));
  }

  welcome(sessionPresent = true, properties: IConnackPacket['properties'] = {}): void {
    const code = this.version === 5 ? { reasonCode: 0, properties } : { returnCode: 0 };
    this.send({ cmd: 'connack', sessionPresent, ...code });
  }

  publish(topic: string, payload: string | Buffer, more: object = {}): void {
    this.send({ cmd: 'publish', topic, payload, qos: 1, messageId: 1, dup: false, retain: false, ...more });
  }

  /** Waits for a packet of this kind and takes it out of what was heard. */
  async hears<C extends Packet['cmd']>(cmd: C): Promise<Extract<Packet, { cmd: C }>> {
    const at = () => this.heard.findIndex((packet) => packet.cmd === cmd);
    await until(() => at() >= 0);
    return this.heard.splice(at(), 1)[0] as Extract<Packet, { cmd: C }>;
  }

  async isClosed(): Promise<void> {
    await until(() => this.closed);
  }
}

/** A broker that does nothing by itself but what `onConnection` does. */
export class FakeBroker implements AsyncDisposable {
  readonly ends: BrokerEnd[] = [];
  port = 0;
  /** How the bytes of the next connections are read. */
  version: 4 | 5 = 5;
  onConnection: (end: BrokerEnd) => void = () => {};
  readonly #server: Server;
  #taken = 0;
  #granted = false;

  private constructor() {
    this.#server = createServer((socket) => {
      const end = new BrokerEnd(socket, this.version);
      this.ends.push(end);
      this.onConnection(end);
    });
  }

  static async start(): Promise<FakeBroker> {
    const broker = new FakeBroker();
    broker.#server.listen(0, '127.0.0.1');
    await once(broker.#server, 'listening');
    const address = broker.#server.address();
    if (address !== null && typeof address === 'object') broker.port = address.port;
    return broker;
  }

  /** The next connection, in the order in which they came. */
  async next(): Promise<BrokerEnd> {
    const at = this.#taken++;
    await until(() => this.ends.length > at);
    return this.ends[at]!;
  }

  /** The next connection, with its CONNECT answered and the first SUBSCRIBE granted. */
  async accepts(properties: IConnackPacket['properties'] = {}): Promise<BrokerEnd> {
    const end = await this.next();
    await end.hears('connect');
    end.welcome(true, properties);
    if (this.#granted) return end;
    this.#granted = true;
    const { messageId } = await end.hears('subscribe');
    end.send({ cmd: 'suback', messageId: messageId!, granted: [1, 1, 1] });
    await end.hears('subscribe');
    return end;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const { socket } of this.ends) socket.destroy();
    this.#server.close();
    await once(this.#server, 'close');
  }
}
