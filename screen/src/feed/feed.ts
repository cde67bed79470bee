import { type MovingTeam, movingTeams } from '@fenghuo/contracts/positions.ts';
import {
  type Change,
  type ChangesMessage,
  type ClientToServer,
  changesMessage,
  type Presence,
  type Pulse,
  presence,
  pulse,
  type ServerToClient,
  snapshot,
} from '@fenghuo/contracts/push.ts';
import {
  type ConnectedWalls,
  connectedWalls,
  type Showing,
  type WallOrders,
  wallOrders,
} from '@fenghuo/contracts/wall-orders.ts';
import { io, type Socket } from 'socket.io-client';
import { type World, withChanges, worldOf } from '../state/world.ts';
import { type ClockOffset, noOffset, withClockSample } from './clock-offset.ts';
import { type FeedSigns, type FeedStatus, feedStatus, watchEveryMs, watchWasHeldUp } from './freshness.ts';
import { tailStep } from './tail.ts';

/** Changes are shown together at most this often, in ms: a flood costs one render, not thousands. The first shows at once. */
const showEveryMs = 80;

/** A weak machine that draws its first map may hold a connection up for seconds; giving up sooner only costs. */
const connectWithinMs = 20_000;

/** After the server itself refused or ended the connection, the next try, in ms. */
const retryMs = 3_000;

/** Where the feed puts what it hears. */
export interface FeedSink {
  /** The world, and what changed in it since it was told last; null: it is another one, of a snapshot. */
  world(world: World, changes: readonly Change[] | null): void;
  pulse(pulse: Pulse): void;
  /** Who looks at which case; nobody while the connection is lost. */
  presence(presence: Presence): void;
  /** To a desk: the walls that it may drive. To a wall: what it was told to show. */
  walls(message: ConnectedWalls): void;
  orders(message: WallOrders): void;
  /** Teams on the move, all of them; those of before stay while the connection is lost. */
  teams(teams: readonly MovingTeam[]): void;
  /** States of devices; false when they do not follow what is held. Null: none are wanted. */
  states: ((message: Uint8Array) => boolean) | null;
  signs(signs: FeedSigns, clock: ClockOffset): void;
  status(status: FeedStatus): void;
  /** The server refused the connection: the session may have ended. */
  refused(): void;
  /** The server said something that this screen does not understand: it is of another version. */
  incompatible(why: string): void;
}

/** The socket client: follows the change log from the last number held, and never shows a gap. */
export class Feed {
  readonly #sink: FeedSink;
  #socket: Socket<ServerToClient, ClientToServer> | null = null;
  #world: World | null = null;
  /** Changes that came since the world was shown; it is copied once for all of them. */
  #gathered: Change[] = [];
  /** The world is of a snapshot that was not shown yet. */
  #isAnother = false;
  /** Newest change held, gathered ones included, and its server time. */
  #head: { no: number; at: number } | null = null;
  /** A snapshot has been asked for; until it comes, batches say nothing. */
  #awaiting = false;
  #signs: FeedSigns = { connected: false, heardAt: null, writerLagMs: 0 };
  #clock: ClockOffset = noOffset;
  #status: FeedStatus = 'lost';
  /** The case that is looked at here. */
  #looksAt: string | null = null;
  /** By the monotonic clock. */
  #shownAt = 0;
  #lookedAt = 0;
  #passedOver = false;
  #showing: Showing = null;
  #timers: { watch?: ReturnType<typeof setInterval>; show?: ReturnType<typeof setTimeout> | undefined } = {};
  #retry: ReturnType<typeof setTimeout> | undefined;

  constructor(sink: FeedSink) {
    this.#sink = sink;
  }

  start(): void {
    const socket: Socket<ServerToClient, ClientToServer> = io({
      transports: ['websocket', 'polling'],
      tryAllTransports: true,
      reconnectionDelay: 500,
      reconnectionDelayMax: 2_000,
      timeout: connectWithinMs,
    });
    this.#socket = socket;
    socket.on('connect', () => this.#connected());
    socket.on('disconnect', (why) => this.#disconnected(why === 'io server disconnect'));
    socket.on('connect_error', () => {
      if (!socket.active) this.#disconnected(true);
    });
    socket.on('snapshot', (message) => this.#snapshot(message));
    socket.on('changes', (message) => this.#changes(message));
    socket.on('pulse', (message) => this.#pulse(message));
    socket.on('directory', () => this.#follow(null));
    socket.on('presence', (message) => this.#presence(message));
    socket.on('teams', (message) => this.#teams(message));
    socket.on('states', (message) => this.#states(message));
    socket.on('walls', (message) => this.#walls(message));
    socket.on('wallOrders', (message) => this.#orders(message));
    this.#lookedAt = Date.now();
    this.#timers.watch = setInterval(() => this.#watch(), watchEveryMs);
  }

  stop(): void {
    clearInterval(this.#timers.watch);
    clearTimeout(this.#timers.show);
    clearTimeout(this.#retry);
    this.#socket?.disconnect();
    this.#socket = null;
  }

  /** Says which case is before whoever sits here; null: none. Said again after each connection. */
  lookAt(incident: string | null): void {
    if (this.#looksAt === incident) return;
    this.#looksAt = incident;
    if (this.#socket?.connected) this.#socket.emit('look', { incident });
  }

  /** What this screen shows, told now and after every new connection; null: no wall. */
  tellShowing(showing: Showing): void {
    if (this.#showing === null && showing === null) return;
    this.#showing = showing;
    if (this.#socket?.connected) this.#socket.emit('showing', showing);
  }

  #connected(): void {
    this.#signs = { ...this.#signs, connected: true };
    this.#sink.teams([]);
    this.#follow(this.#head?.no ?? null);
    if (this.#sink.states !== null) this.#socket?.emit('followStates');
    if (this.#looksAt !== null) this.#socket?.emit('look', { incident: this.#looksAt });
    if (this.#showing !== null) this.#socket?.emit('showing', this.#showing);
  }

  #disconnected(byServer: boolean): void {
    this.#signs = { ...this.#signs, connected: false };
    this.#sink.presence({ looking: [] });
    this.#look(Date.now());
    if (!byServer) return;
    this.#sink.refused();
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => this.#socket?.connect(), retryMs);
  }

  #follow(after: number | null): void {
    this.#awaiting = after === null;
    this.#socket?.emit('follow', { after });
  }

  #snapshot(message: unknown): void {
    const read = snapshot.safeParse(message);
    if (!read.success) {
      this.#sink.incompatible(read.error.message);
      return;
    }
    this.#awaiting = false;
    this.#world = worldOf(read.data);
    this.#head = read.data;
    this.#gathered = [];
    this.#isAnother = true;
    this.#heard();
    this.#show();
  }

  #changes(message: unknown): void {
    const read = changesMessage.safeParse(message);
    if (!read.success) {
      this.#sink.incompatible(read.error.message);
      return;
    }
    this.#heard();
    this.#advance(read.data);
  }

  #advance(batch: ChangesMessage): void {
    if (this.#awaiting) return;
    const step = tailStep(this.#head?.no ?? null, batch);
    if (step === 'gap') this.#follow(null);
    if (step !== 'apply') return;
    this.#head = batch;
    this.#gathered.push(...batch.changes);
    const rest = Math.max(0, this.#shownAt + showEveryMs - performance.now());
    this.#timers.show ??= setTimeout(() => this.#show(), rest);
  }

  #pulse(message: unknown): void {
    const read = pulse.safeParse(message);
    if (!read.success) {
      this.#sink.incompatible(read.error.message);
      return;
    }
    const { at, writerAt } = read.data;
    this.#clock = withClockSample(this.#clock, at, Date.now());
    this.#signs = { ...this.#signs, writerLagMs: writerAt === null ? null : at - writerAt };
    this.#heard();
    this.#sink.pulse(read.data);
  }

  #presence(message: unknown): void {
    const read = presence.safeParse(message);
    if (read.success) this.#sink.presence(read.data);
  }

  #teams(message: unknown): void {
    const read = movingTeams.safeParse(message);
    if (read.success) this.#sink.teams(read.data.teams);
    else this.#sink.incompatible(read.error.message);
  }

  #states(message: Uint8Array | ArrayBuffer): void {
    const bytes = message instanceof ArrayBuffer ? new Uint8Array(message) : message;
    if (this.#sink.states?.(bytes) === false) this.#socket?.emit('followStates');
  }

  #walls(message: unknown): void {
    const read = connectedWalls.safeParse(message);
    if (read.success) this.#sink.walls(read.data);
    else this.#sink.incompatible(read.error.message);
  }

  #orders(message: unknown): void {
    const read = wallOrders.safeParse(message);
    if (read.success) this.#sink.orders(read.data);
    else this.#sink.incompatible(read.error.message);
  }

  #show(): void {
    clearTimeout(this.#timers.show);
    this.#timers.show = undefined;
    this.#shownAt = performance.now();
    if (this.#world === null || this.#head === null) return;
    const changes = this.#gathered;
    this.#world = withChanges(this.#world, { ...this.#head, after: this.#world.no, changes });
    this.#gathered = [];
    this.#sink.world(this.#world, this.#isAnother ? null : changes);
    this.#isAnother = false;
  }

  #heard(): void {
    this.#signs = { ...this.#signs, heardAt: Date.now() };
    this.#sink.signs(this.#signs, this.#clock);
    this.#look(Date.now());
  }

  #watch(): void {
    const now = Date.now();
    this.#passedOver = watchWasHeldUp(this.#lookedAt, now, this.#passedOver);
    this.#lookedAt = now;
    if (!this.#passedOver) this.#look(now);
  }

  #look(now: number): void {
    const status = feedStatus(this.#signs, now);
    if (status === this.#status) return;
    this.#status = status;
    this.#sink.status(status);
  }
}
