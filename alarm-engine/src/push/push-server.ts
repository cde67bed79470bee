import type { Server as HttpServer } from 'node:http';
import {
  type ChangesMessage,
  type ClientToServer,
  followRequest,
  lookRequest,
  type ServerToClient,
} from '@fenghuo/contracts/push.ts';
import type { TicketRecord } from '@fenghuo/contracts/records.ts';
import { showing } from '@fenghuo/contracts/wall-orders.ts';
import type pg from 'pg';
import type { Logger } from 'pino';
import { Gauge } from 'prom-client';
import { type DefaultEventsMap, Server, type Socket } from 'socket.io';
import type { ApiTokens } from '../access/api-tokens.ts';
import { areaPattern } from '../access/area-scope.ts';
import { maskChanges, maskSnapshot } from '../access/personal-data.ts';
import { reachKey, reachOf } from '../access/reach.ts';
import { mayUse } from '../access/rights.ts';
import type { Session, Sessions } from '../access/sessions.ts';
import { findCaller, isProgram } from '../api/caller.ts';
import { isSameOrigin } from '../api/foreign-pages.ts';
import type { Listener } from '../store/listener.ts';
import { findSubject } from '../store/sql/find-subject.ts';
import type { LoggedChangeRow } from '../store/sql/list-changes.ts';
import { listNumbersInArea } from '../store/sql/list-numbers-in-area.ts';
import { ChangeLogTail } from './change-log-tail.ts';
import { DeviceStateTail } from './device-state-tail.ts';
import { DirectoryWatch } from './directory-watch.ts';
import { PresenceBoard } from './presence-board.ts';
import { PulseSender } from './pulse.ts';
import { ScreenVersion } from './screen-version.ts';
import { Snapshots } from './snapshot.ts';
import { maskOf } from './state-scope.ts';
import { StateViewers } from './state-viewers.ts';
import { TeamBoard } from './team-board.ts';
import { type Screen, Viewers } from './viewers.ts';
import { WallBoard } from './wall-board.ts';

export interface PushServerOptions {
  pool: pg.Pool;
  county: string;
  timeZone: string;
  demoTimeFactor: number | null;
  /** Where the built screen lies, or will. */
  screenFolder: string;
  listener: Listener;
  sessions: Sessions;
  apiTokens: ApiTokens;
  /** How often sessions of open sockets are looked at again. */
  sessionRecheckMs: number;
  /** Milliseconds since 1970. */
  clock: () => number;
  log: Logger;
}

/** Clients say `follow` and nothing longer. */
const maxMessageBytes = 16 * 1024;
/** A stranger holds a connection for no longer. */
const connectWithinMs = 10_000;

type ScreenSocket = Socket<ClientToServer, ServerToClient, DefaultEventsMap, { session: Session }>;
type ScreenServer = Server<ClientToServer, ServerToClient, DefaultEventsMap, { session: Session }>;

const screensConnected = new Gauge({ name: 'fenghuo_screens_connected', help: 'Sockets of screens, now' });

/** The socket: snapshot, changes, pulse and directory, to screens with a session of this county and programs with a token. */
export class PushServer {
  readonly #options: PushServerOptions;
  readonly #tail: ChangeLogTail;
  readonly #viewers: Viewers;
  readonly #pulse: PulseSender;
  readonly #directory: DirectoryWatch;
  readonly #presence: PresenceBoard;
  readonly #walls: WallBoard;
  readonly #teams: TeamBoard;
  readonly #stateTail: DeviceStateTail;
  readonly #stateViewers: StateViewers;
  #io: ScreenServer | null = null;
  #recheck: NodeJS.Timeout | null = null;

  constructor(options: PushServerOptions) {
    const { pool: db, county, listener, clock, log, timeZone, demoTimeFactor, screenFolder } = options;
    const snapshots = new Snapshots(options);
    this.#options = options;
    this.#tail = new ChangeLogTail({
      db,
      county,
      listener,
      log,
      onChanges: (rows) => this.#changed(rows),
      onReset: () => this.#viewers.reset(),
    });
    this.#viewers = new Viewers({
      tail: this.#tail,
      readSnapshot: (reach) => snapshots.read(reach),
      outlet: {
        snapshot: (id, message) =>
          this.#io?.to(id).emit('snapshot', this.#mayReadPersonal(id) ? message : maskSnapshot(message)),
        changes: (ids, message) => this.#tellChanges(ids, message),
      },
      clock,
      log,
    });
    this.#pulse = new PulseSender({
      db,
      county,
      timeZone,
      demoTimeFactor,
      screen: new ScreenVersion(screenFolder),
      clock,
      log,
      hasViewers: () => this.#viewers.count > 0,
      send: (pulse) => this.#io?.volatile.emit('pulse', pulse),
    });
    this.#presence = new PresenceBoard({
      placeOf: (id) => findSubject(db, { county, table: 'incident', id }),
    });
    this.#walls = new WallBoard({ clock });
    this.#teams = new TeamBoard({ db, county, listener, clock, log });
    this.#directory = new DirectoryWatch({
      db,
      county,
      listener,
      log,
      onChange: (no) => {
        this.#io?.emit('directory', { no });
        this.#stateViewers.directoryChanged();
      },
    });
    this.#stateTail = new DeviceStateTail({
      ...{ db, county, listener, log },
      onChanges: (to) => this.#stateViewers.changed(to),
      onReset: () => this.#stateViewers.reset(),
    });
    this.#stateViewers = new StateViewers({
      tail: this.#stateTail,
      readMask: async (scope) =>
        maskOf(await listNumbersInArea(db, { county, areaPattern: areaPattern(scope) })),
      send: (ids, message) => this.#io?.to(ids).emit('states', message),
      log,
    });
  }

  /** Walls that are connected to this process. */
  get walls(): WallBoard {
    return this.#walls;
  }

  /** Before the listener starts and before `http` listens. */
  async start(http: HttpServer): Promise<void> {
    const { listener, sessionRecheckMs } = this.#options;
    await this.#tail.start();
    await this.#directory.start();
    this.#teams.start();
    await this.#stateTail.start();
    listener.on('fenghuo_session', (tokenHash) => this.#signOut(tokenHash));
    listener.on('fenghuo_seat', () => void this.#recheckSessions());
    listener.onResume(() => void this.#recheckSessions());
    const io: ScreenServer = new Server(http, {
      path: '/socket.io',
      serveClient: false,
      maxHttpBufferSize: maxMessageBytes,
      connectTimeout: connectWithinMs,
      allowRequest: (request, decide) => {
        if (isSameOrigin(request)) decide(null, true);
        else decide('foreign-origin', false);
      },
    });
    this.#io = io;
    io.use((socket, next) => {
      this.#admit(socket).then(next, next);
    });
    io.on('connection', (socket) => this.#seat(socket));
    this.#viewers.start();
    this.#stateViewers.start();
    this.#pulse.start();
    this.#recheck = setInterval(() => void this.#recheckSessions(), sessionRecheckMs);
  }

  /** Says goodbye to every screen and closes the http server with it. */
  async stop(): Promise<void> {
    if (this.#recheck !== null) clearInterval(this.#recheck);
    this.#directory.stop();
    this.#presence.stop();
    this.#walls.stop();
    await this.#teams.stop();
    await this.#io?.close();
    this.#viewers.stop();
    this.#stateViewers.stop();
    await this.#stateTail.stop();
    await this.#pulse.stop();
    await this.#tail.stop();
  }

  /** The refusal for a stranger, or nothing when the socket may come in. */
  async #admit(socket: ScreenSocket): Promise<Error | undefined> {
    const { county, log } = this.#options;
    try {
      const session = await findCaller(this.#options, shownBy(socket.handshake));
      if (session === null) return refusal('not-signed-in');
      if (!mayUse(session.who, 'live', county)) return refusal('not-authorised');
      socket.data.session = session;
      return undefined;
    } catch (error) {
      log.warn({ err: error }, 'a session could not be looked up');
      return refusal('database-away');
    }
  }

  #seat(socket: ScreenSocket): void {
    const { county, log } = this.#options;
    const reach = () => reachOf(county, socket.data.session.who);
    const screen: Screen = { id: socket.id, backlogBytes: () => backlogBytes(socket) };
    this.#viewers.join(screen, reach());
    screensConnected.inc();
    socket.on('follow', (request: unknown) => {
      const parsed = followRequest.safeParse(request);
      if (parsed.success) void this.#viewers.follow(socket.id, parsed.data.after);
      else log.debug({ account: socket.data.session.who.account }, 'a follow that is none');
    });
    this.#presence.join({
      id: socket.id,
      reach,
      who: () => socket.data.session.who,
      isPerson: () => socket.data.session.who.role !== 'wall' && !isProgram(socket.data.session),
      mayReadPersonal: () => this.#mayReadPersonal(socket.id),
      tell: (message) => socket.emit('presence', message),
    });
    this.#teams.join({
      id: socket.id,
      reach,
      tell: (message) => socket.emit('teams', message),
    });
    socket.on('look', (request: unknown) => {
      const parsed = lookRequest.safeParse(request);
      if (parsed.success) void this.#presence.look(socket.id, parsed.data);
      else log.debug({ account: socket.data.session.who.account }, 'a look that is none');
    });
    this.#walls.join({
      id: socket.id,
      who: () => socket.data.session.who,
      scope: reach,
      mayDirect: () => mayUse(socket.data.session.who, 'direct-wall', county),
      mayReadPersonal: () => this.#mayReadPersonal(socket.id),
      tellWalls: (message) => socket.emit('walls', message),
      tellOrders: (message) => socket.emit('wallOrders', message),
    });
    socket.on('showing', (request: unknown) => {
      const parsed = showing.safeParse(request);
      if (parsed.success) this.#walls.show(socket.id, parsed.data);
      else log.debug({ account: socket.data.session.who.account }, 'a showing that is none');
    });
    socket.on('followStates', () => this.#stateViewers.follow(screen, reach()));
    socket.on('disconnect', () => {
      this.#presence.leave(socket.id);
      this.#walls.leave(socket.id);
      this.#teams.leave(socket.id);
      this.#viewers.leave(socket.id);
      this.#stateViewers.leave(socket.id);
      screensConnected.dec();
    });
  }

  #changed(rows: readonly LoggedChangeRow[]): void {
    this.#viewers.changesArrived();
    for (const { topic, doc, units, wasUnits } of rows)
      if (topic === 'ticket' && wasUnits !== null)
        this.#presence.reordered((doc as TicketRecord).incident, units ?? []);
  }

  /** A message for several is encoded once, and once more for those who may not read personal data. */
  #tellChanges(ids: string[], message: ChangesMessage): void {
    const readers = ids.filter((id) => this.#mayReadPersonal(id));
    const others = ids.filter((id) => !readers.includes(id));
    if (readers.length > 0) this.#io?.to(readers).emit('changes', message);
    if (others.length > 0) this.#io?.to(others).emit('changes', maskChanges(message));
  }

  #mayReadPersonal(id: string): boolean {
    const session = this.#io?.sockets.sockets.get(id)?.data.session;
    return session !== undefined && mayUse(session.who, 'personal-data', this.#options.county);
  }

  #signOut(tokenHash: string): void {
    for (const socket of this.#io?.sockets.sockets.values() ?? [])
      if (hexOf(socket.data.session) === tokenHash) socket.disconnect(true);
  }

  /** Closes sockets whose session is over; a screen whose account's area changed sees the new one. */
  async #recheckSessions(): Promise<void> {
    const { county, log } = this.#options;
    const sockets = [...(this.#io?.sockets.sockets.values() ?? [])];
    if (sockets.length === 0) return;
    const known = new Map(sockets.map(({ data }) => [hexOf(data.session), data.session]));
    try {
      const valid = await this.#recheckAll([...known.values()]);
      const byHash = new Map(valid.map((session) => [hexOf(session), session]));
      for (const socket of sockets) {
        const session = byHash.get(hexOf(socket.data.session));
        if (session === undefined || !mayUse(session.who, 'live', county)) socket.disconnect(true);
        else this.#renew(socket, session);
      }
    } catch (error) {
      log.warn({ err: error }, 'sessions could not be checked');
    }
  }

  async #recheckAll(known: readonly Session[]): Promise<Session[]> {
    const { sessions, apiTokens } = this.#options;
    const { person = [], program = [] } = Object.groupBy(known, (one) =>
      isProgram(one) ? 'program' : 'person',
    );
    const hashesOf = (all: readonly Session[]) => all.map(({ tokenHash }) => tokenHash);
    return [...(await sessions.recheck(hashesOf(person))), ...(await apiTokens.recheck(hashesOf(program)))];
  }

  #renew(socket: ScreenSocket, session: Session): void {
    const { county } = this.#options;
    const { seat } = socket.data.session.who;
    const before = reachOf(county, socket.data.session.who);
    const reach = reachOf(county, session.who);
    socket.data.session = session;
    if (seat !== session.who.seat) this.#presence.reseated(socket.id);
    if (reachKey(before) !== reachKey(reach)) {
      this.#presence.rescoped(socket.id);
      this.#walls.rescoped();
    }
    this.#viewers.rescope(socket.id, reach);
    this.#stateViewers.rescope(socket.id, reach);
  }
}

function hexOf(session: Session): string {
  return session.tokenHash.toString('hex');
}

/** What a client shows as it connects: a header, or, where it can set none, the token as socket.io's clients give it. */
function shownBy({ headers, auth }: ScreenSocket['handshake']): Parameters<typeof findCaller>[1] {
  const { token }: { token?: unknown } = auth;
  return typeof token === 'string' ? { authorization: `Bearer ${token}` } : headers;
}

function refusal(reason: string): Error {
  return Object.assign(new Error(reason), { data: { reason } });
}

/** Bytes on their way to a screen: what engine.io holds back, and what the socket below has not sent. */
function backlogBytes(socket: ScreenSocket): number {
  const { writeBuffer, transport } = socket.conn as unknown as EngineSocket;
  const held = writeBuffer.reduce((sum, { data }) => sum + Buffer.byteLength(data ?? ''), 0);
  return held + (transport.socket?.bufferedAmount ?? 0);
}

/** What engine.io 6 knows of its buffers and does not type. */
interface EngineSocket {
  writeBuffer: { data?: string | Buffer }[];
  transport: { socket?: { bufferedAmount: number } };
}
