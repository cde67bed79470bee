import { createServer, type Server, type Socket } from 'node:net';
import type { Logger } from 'pino';
import type { Principal } from '../admission/principals.ts';
import { type RatePolicy, ratePolicies } from '../admission/rate-limit.ts';
import type { RefusalJournal } from '../admission/refusal-journal.ts';
import { gb26875Topic } from '../codecs/gb26875-codec.ts';
import type { Intake } from '../intake.ts';
import type { IntakeQueue } from '../intake-queue.ts';
import { readTopic } from '../read-topic.ts';
import type { TransmitterEnd, TransmitterTallies } from '../transmitter-tallies.ts';
import { TransmitterConnection } from './gb26875/transmitter-connection.ts';
import { startErrorOf } from './source-start-error.ts';

/** Bounds of the server; times in ms. */
interface Gb26875Limits {
  /** Unstored frames a connection. A transmitter that keeps to the norm has one. */
  window: number;
  /** From accept to the first whole frame. */
  firstFrameMs: number;
  /** From one whole frame to the next. Transmitters report their own status at least every few minutes. */
  idleMs: number;
  /** How long a frame that has begun may stand still; what waits then is garbage. */
  frameTimeoutMs: number;
  /** How long it may take in all: a byte now and then keeps no connection. */
  wholeFrameMs: number;
  /** Bytes of garbage between two sound frames. */
  garbageBytes: number;
  outputTimeoutMs: number;
  /** On each port. More are closed at once. */
  maxConnections: number;
  sweepMs: number;
  /** For `stop`. */
  stopTimeoutMs: number;
}

const gb26875Limits: Gb26875Limits = {
  window: 64,
  firstFrameMs: 30_000,
  idleMs: 30 * 60_000,
  frameTimeoutMs: 5_000,
  wholeFrameMs: 60_000,
  garbageBytes: 16 * 1024,
  outputTimeoutMs: 30_000,
  maxConnections: 4_000,
  sweepMs: 500,
  stopTimeoutMs: 2_000,
};

export interface Gb26875Options {
  host: string;
  /** 0: any free one; null: none. */
  port: number | null;
  /** For drills: what comes in at one of these ports belongs to the drill that has it when the transmitter connects. */
  drill: { ports: readonly number[]; runAt: (port: number) => Promise<string | null> } | null;
  county: string;
  limits?: Partial<Gb26875Limits>;
  rate?: RatePolicy;
}

export interface Gb26875Ports {
  port: number | null;
  drillPorts: number[];
}

interface Dependencies {
  intake: Intake;
  queue: IntakeQueue;
  tallies: TransmitterTallies;
  journal: RefusalJournal;
  log: Logger;
  /** ms since 1970. */
  clock: () => number;
  /** ms, only forward. */
  monotonic: () => number;
}

/** What connections share: the server as they see it. */
export interface Gb26875Shared extends Dependencies {
  readonly limits: Gb26875Limits;
  readonly rate: RatePolicy;
  left(connection: TransmitterConnection, end: TransmitterEnd): void;
}

/**
 * Transmitters 用户信息传输装置 of buildings connect here and speak GB/T 26875.3-2011 over TCP. The norm knows no
 * secret, so whoever reaches the port may speak, as a device whose id begins with `gb:` or one that was mapped to
 * such: let only the network of the transmitters reach it.
 */
export class Gb26875Server {
  readonly #options: Gb26875Options;
  readonly #shared: Gb26875Shared;
  readonly #connections = new Set<TransmitterConnection>();
  readonly #servers: Server[] = [];
  #isStopping = false;
  #sweeper: NodeJS.Timeout | null = null;
  #forgetRoom: () => void = () => {};

  constructor(options: Gb26875Options, dependencies: Dependencies) {
    this.#options = options;
    this.#shared = {
      ...dependencies,
      limits: { ...gb26875Limits, ...options.limits },
      rate: options.rate ?? ratePolicies.transmitter,
      left: (connection, end) => this.#left(connection, end),
    };
  }

  /** Throws a `SourceStartError` when it cannot listen; then no port of it is open. */
  async start(): Promise<Gb26875Ports> {
    const { port, drill } = this.#options;
    const { limits, queue } = this.#shared;
    try {
      const live = port === null ? null : await this.#listen(port, async () => null);
      const drillPorts: number[] = [];
      for (const one of drill?.ports ?? [])
        drillPorts.push(await this.#listen(one, (at) => askForRun(() => drill!.runAt(at))));
      this.#sweeper = setInterval(() => this.#sweep(), limits.sweepMs);
      this.#forgetRoom = queue.onRoom(() => setImmediate(() => this.#resume()));
      return { port: live, drillPorts };
    } catch (error) {
      await this.stop();
      throw error;
    }
  }

  /** Reads nothing more; what is unstored stays unconfirmed, and comes again. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    if (this.#sweeper !== null) clearInterval(this.#sweeper);
    this.#forgetRoom();
    const closed = this.#servers.map((server) => new Promise((resolve) => server.close(resolve)));
    const connections = [...this.#connections];
    for (const connection of connections) connection.close('shutting-down');
    const deadline = setTimeout(() => {
      for (const connection of connections) connection.destroy();
    }, this.#shared.limits.stopTimeoutMs);
    await Promise.all(closed);
    clearTimeout(deadline);
  }

  async #listen(port: number, runOf: (port: number) => Promise<string | null | undefined>): Promise<number> {
    const { host } = this.#options;
    const { limits, log, tallies } = this.#shared;
    const server = createServer(
      { noDelay: true, keepAlive: true, keepAliveInitialDelay: 60_000 },
      (socket) => {
        void this.#accept(socket, () => runOf(socket.localPort ?? port));
      },
    );
    server.maxConnections = limits.maxConnections;
    await new Promise<void>((resolve, reject) => {
      server.once('error', (error) => reject(startErrorOf(error, host, port)));
      server.listen({ host, port, backlog: 1024 }, resolve);
    });
    this.#servers.push(server);
    server
      .removeAllListeners('error')
      .on('error', (error) => log.error({ err: error }, 'a GB/T 26875.3 listener'));
    server.on('drop', () => tallies.closed['crowded-out']++);
    const address = server.address();
    return typeof address === 'object' && address !== null ? address.port : port;
  }

  /** `run` undefined: a drill's port, and no drill runs. */
  async #accept(socket: Socket, runOf: () => Promise<string | null | undefined>): Promise<void> {
    const { tallies, journal, clock } = this.#shared;
    socket.pause().on('error', () => {});
    const run = await runOf();
    if (this.#isStopping) {
      socket.destroy();
      return;
    }
    if (run === undefined) {
      tallies.closed['no-drill']++;
      journal.refused(`gb26875:${socket.remoteAddress}`, 'no-drill', clock());
      socket.destroy();
      return;
    }
    const topic = readTopic(run === null ? gb26875Topic : `fenghuo-drill/v1/${run}/~/${gb26875Topic}`);
    const connection = new TransmitterConnection(socket, this.#shared, this.#principalOf(run), topic);
    this.#connections.add(connection);
    tallies.connections++;
    connection.start();
    socket.resume();
  }

  /** Ends the transmitters of drills that are over: one that stays connected would speak into nothing. */
  endConnectionsOf(principalNames: readonly string[]): void {
    for (const connection of [...this.#connections])
      if (principalNames.includes(connection.principalName)) connection.close('no-drill');
  }

  /** By its name in the quarantine; null: it is none of ours. */
  principalNamed(name: string): Principal | null {
    if (name === principalName(null)) return this.#principalOf(null);
    const run = name.slice(name.indexOf(':') + 1);
    return name === principalName(run) ? this.#principalOf(run) : null;
  }

  #principalOf(run: string | null): Principal {
    return {
      name: principalName(run),
      kind: 'transmitter',
      run,
      clientId: null,
      county: this.#options.county,
      mayPublish: () => true,
      mayUse: (topic) => topic === gb26875Topic,
    };
  }

  #left(connection: TransmitterConnection, end: TransmitterEnd): void {
    if (!this.#connections.delete(connection)) return;
    const { tallies } = this.#shared;
    tallies.connections--;
    tallies.closed[end]++;
  }

  #sweep(): void {
    const now = this.#shared.monotonic();
    for (const connection of this.#connections) connection.sweep(now);
  }

  #resume(): void {
    for (const connection of this.#connections) connection.resume();
  }
}

function principalName(run: string | null): string {
  return run === null ? 'gb26875' : `gb26875:${run}`;
}

/** Undefined: none runs, or nobody knows. */
async function askForRun(run: () => Promise<string | null>): Promise<string | undefined> {
  return (await run().catch(() => null)) ?? undefined;
}
