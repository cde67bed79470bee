import { connect as connectSocket, type Socket } from 'node:net';
import { generate, type Packet, parser } from 'mqtt-packet';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import type { CarrierDirectory } from '../src/admission/carriers.ts';
import type { AuthenticationRefusal, Principal, PrincipalDirectory } from '../src/admission/principals.ts';
import { DeviceIndex } from '../src/device-index.ts';
import { createGateway, type Gateway } from '../src/gateway.ts';
import { type Delivery, IntakeQueue, type IntakeQueueOptions } from '../src/intake-queue.ts';
import { DeviceClocks } from '../src/liveness/device-clocks.ts';
import { LastSeen } from '../src/liveness/last-seen.ts';
import type { Gb26875Options, Gb26875Ports } from '../src/sources/gb26875-server.ts';
import type { HttpPushOptions } from '../src/sources/http-push.ts';
import type { EndpointOptions } from '../src/sources/mqtt-endpoint.ts';
import type { SessionOptions } from '../src/sources/mqtt-session.ts';

export const county = '331081';

/** Devices of foreign dialects, too, are the bridge's and the tester's. */
const foreignOrSmoke = /^(smoke-|(z2m|frigate|onvif|lora|ha|tasmota|spb|gb):)/;

/** Devices `smoke-1` to `smoke-9`, one bridge for them, one tester of run `r1`; the secret of each is `secret`. */
const principals: Record<string, Principal> = Object.fromEntries(
  [
    ...Array.from({ length: 9 }, (_, i) => ({ name: `smoke-${i + 1}`, kind: 'device' as const, run: null })),
    { name: 'bridge', kind: 'bridge' as const, run: null },
    { name: 'tester', kind: 'tester' as const, run: 'r1' },
    { name: 'bound', kind: 'device' as const, run: null, clientId: 'bound-id' },
  ].map((one) => {
    const mayPublish = (id: string) => (one.kind === 'device' ? id === one.name : foreignOrSmoke.test(id));
    return [one.name, { clientId: null, ...one, county, mayPublish, mayUse: () => true }];
  }),
);

async function authenticate(who: {
  username: string;
  password: Buffer;
}): Promise<Principal | { refused: AuthenticationRefusal }> {
  if (who.username === 'slow') return new Promise(() => {});
  if (who.username === 'broken') throw new Error('the directory is away');
  const principal = principals[who.username];
  if (principal === undefined) return { refused: 'unknown-principal' };
  return who.password.toString() === 'secret' ? principal : { refused: 'wrong-secret' };
}

const sessionDefaults = {
  county,
  foreignFilters: [],
  host: '127.0.0.1',
  clientId: `fenghuo-${county}`,
  mayConnect: () => true,
  random: () => 0,
};

export interface StationOptions {
  /** In place of the devices, the bridge and the tester of this file. */
  principals?: PrincipalDirectory;
  endpoint?: Partial<EndpointOptions>;
  /** Given: also a session with a broker, which connects again after 0.2 s. */
  session?: Pick<SessionOptions, 'port'> & Partial<SessionOptions>;
  queue?: Partial<IntakeQueueOptions>;
  /** Device by `{dialect} {foreign name}`. */
  identities?: Readonly<Record<string, string>>;
  /** Given: transmitters are heard, too. */
  gb26875?: Partial<Gb26875Options>;
  monotonic?: () => number;
  carriers?: CarrierDirectory;
  push?: HttpPushOptions;
}

/** A gateway on a free port, with a queue that the test empties by hand. */
export interface Station extends AsyncDisposable {
  port: number;
  /** 0 without TLS. */
  tlsPort: number;
  gb26875: Gb26875Ports;
  gateway: Gateway;
  queue: IntakeQueue;
  lastSeen: LastSeen;
  metrics: Registry;
  logged: { msg: string; reason?: string; subject?: string; detail?: string; level?: number }[];
  /** How often the directory was asked. */
  asked(): number;
  /** The next deliveries, waited for until there are `count`. */
  arrivals(count?: number): Promise<Delivery[]>;
}

export async function startStation(options: StationOptions = {}): Promise<Station> {
  const queue = new IntakeQueue(options.queue);
  const lastSeen = new LastSeen();
  const metrics = new Registry();
  const logged: Station['logged'] = [];
  const devices = new DeviceIndex();
  for (let i = 0; i <= 9; i++) devices.add(`smoke-${i}`);
  const directory = options.principals ?? { authenticate };
  let asked = 0;
  const gateway = createGateway({
    clock: () => Date.now(),
    ...(options.monotonic === undefined ? {} : { monotonic: options.monotonic }),
    county,
    devices,
    identities: { deviceOf: (dialect, entity) => options.identities?.[`${dialect} ${entity}`] ?? null },
    principals: {
      authenticate: (credential) => {
        asked++;
        return directory.authenticate(credential);
      },
    },
    queue,
    lastSeen,
    clocks: new DeviceClocks(),
    endpoint: { host: '127.0.0.1', port: 0, ...options.endpoint },
    carriers: options.carriers ?? { find: async () => null },
    ...(options.push === undefined ? {} : { push: options.push }),
    session: options.session && { ...sessionDefaults, ...options.session },
    gb26875: options.gb26875 && { host: '127.0.0.1', port: 0, drill: null, ...options.gb26875 },
    log: pino({}, { write: (line: string) => logged.push(JSON.parse(line)) }),
    metrics,
  });
  const { port, tlsPort, gb26875 } = await gateway.start();
  const arrivals = async (count = 1) => {
    const taken = queue.take(count);
    while (taken.length < count) {
      await until(() => queue.size > 0);
      taken.push(...queue.take(count - taken.length));
    }
    return taken;
  };
  return {
    port: port ?? 0,
    tlsPort: tlsPort ?? 0,
    gb26875,
    gateway,
    queue,
    lastSeen,
    metrics,
    logged,
    asked: () => asked,
    arrivals,
    [Symbol.asyncDispose]: () => gateway.stop(),
  };
}

/** Looks again each turn of the event loop, until the condition holds or the time (ms) is over. */
export async function until(condition: () => boolean, withinMs = 5_000): Promise<void> {
  const end = performance.now() + withinMs;
  while (!condition()) {
    if (performance.now() > end) throw new Error(`still not after ${withinMs} ms: ${condition}`);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

export const eventTopic = (deviceId: string) => `fenghuo/v1/${county}/${deviceId}/event`;

export const smoke = (more: Record<string, unknown> = {}) => JSON.stringify({ kind: 'smoke', ...more });

/** A client that says exactly what it is told to, byte by byte if need be, and notes what it hears. */
export class RawClient implements Disposable {
  readonly heard: Packet[] = [];
  readonly socket: Socket;
  closed = false;
  readonly #version: 4 | 5;

  constructor(port: number, version: 4 | 5 = 4) {
    this.#version = version;
    this.socket = connectSocket({ port, host: '127.0.0.1', noDelay: true });
    const reader = parser({ protocolVersion: version });
    reader.on('packet', (packet) => this.heard.push(packet));
    this.socket.on('data', (bytes) => reader.parse(bytes));
    this.socket.on('error', () => {});
    this.socket.on('close', () => {
      this.closed = true;
    });
  }

  /** A client whose CONNECT was accepted. */
  static async connected(
    port: number,
    version: 4 | 5,
    username: string,
    more: object = {},
  ): Promise<RawClient> {
    const client = new RawClient(port, version);
    client.connect(username, more);
    await client.hears('connack');
    return client;
  }

  connect(username: string, more: object = {}): void {
    this.send({
      cmd: 'connect',
      protocolId: 'MQTT',
      protocolVersion: this.#version,
      clientId: `${username}-client`,
      clean: true,
      keepalive: 60,
      username,
      password: Buffer.from('secret'),
      ...more,
    });
  }

  publish(topic: string, payload: string | Buffer, more: object = {}): void {
    this.send({ cmd: 'publish', topic, payload, qos: 1, messageId: 1, dup: false, retain: false, ...more });
  }

  send(packet: Packet): void {
    this.socket.write(generate(packet, { protocolVersion: this.#version }));
  }

  sendHex(text: string): void {
    this.socket.write(Buffer.from(text.replaceAll(' ', ''), 'hex'));
  }

  /** Waits for a packet of this kind and takes it out of what was heard. */
  async hears<C extends Packet['cmd']>(cmd: C): Promise<Extract<Packet, { cmd: C }>> {
    const at = () => this.heard.findIndex((packet) => packet.cmd === cmd);
    await until(() => at() >= 0);
    return this.heard.splice(at(), 1)[0] as Extract<Packet, { cmd: C }>;
  }

  /** A PINGREQ went there and back: what was sent before it has been read. */
  async pings(): Promise<void> {
    this.send({ cmd: 'pingreq' });
    await this.hears('pingresp');
  }

  async isClosed(): Promise<void> {
    await until(() => this.closed);
  }

  [Symbol.dispose](): void {
    this.socket.destroy();
  }
}
