import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ClientToServer, ServerToClient } from '@fenghuo/contracts/push.ts';
import type { Role } from '@fenghuo/contracts/words.ts';
import pg from 'pg';
import { pino } from 'pino';
import { io, type Socket } from 'socket.io-client';
import { createWeb, type WebOptions } from '../src/api/web.ts';
import { createPool } from '../src/store/pool.ts';
import { createTestDatabase } from './database.ts';
import { ScriptedWriter } from './records.ts';
import { county, insertSmallCounty, insertTestAccount, password } from './small-county.ts';

export type ScreenSocket = Socket<ServerToClient, ClientToServer>;

/** A web on a database of its own with the small county, as a browser and a writer meet it. */
export interface TestWeb {
  url: string;
  databaseUrl: string;
  /** Address for who owns the tables. */
  ownerUrl: string;
  /** Takes the database away under the running web. */
  dropDatabase: () => Promise<void>;
  pool: pg.Pool;
  writer: ScriptedWriter;
  /** Moves the clock of the web. Milliseconds. */
  advance: (ms: number) => void;
  /** A request as the screen sends it. Answers below 400 and above alike. */
  call: (
    method: string,
    path: string,
    with_?: { as?: string; body?: unknown; headers?: object },
  ) => Promise<Response>;
  /** Signs in and gives the cookie. */
  signIn: (account: string) => Promise<string>;
  /** A socket, not yet connected. */
  socket: (cookie: string | null, options?: object) => ScreenSocket;
  stop: () => Promise<void>;
}

export async function startTestWeb(options: Partial<WebOptions> = {}): Promise<TestWeb> {
  const database = await createTestDatabase();
  const log = pino({ level: 'silent' });
  const pool = createPool({ url: database.appUrl, name: 'test', log });
  await insertSmallCounty(pool);
  const writing = new pg.Client(database.appUrl);
  writing.on('error', () => {});
  await writing.connect();
  const screenFolder = await mkdtemp(join(tmpdir(), 'fenghuo-screen-'));
  let ahead = 0;
  const web = createWeb({
    pool,
    databaseUrl: database.appUrl,
    county,
    timeZone: 'Asia/Shanghai',
    serverKey: Buffer.alloc(32, 7),
    screenFolder,
    host: '127.0.0.1',
    port: 0,
    safetyIndexFile: null,
    dataFolder: null,
    demoTimeFactor: null,
    clock: () => Date.now() + ahead,
    log,
    ...options,
  });
  const sockets: ScreenSocket[] = [];
  let dropped: Promise<void> | null = null;
  const dropDatabase = () => {
    dropped ??= database.drop();
    return dropped;
  };
  const stop = async () => {
    for (const one of sockets) one.disconnect();
    await web.stop();
    await writing.end();
    await pool.end();
    await rm(screenFolder, { recursive: true, force: true });
    await dropDatabase();
  };
  const { port } = await web.start().catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  const url = `http://127.0.0.1:${port}`;
  const call: TestWeb['call'] = (method, path, { as, body, headers } = {}) =>
    fetch(url + path, {
      method,
      redirect: 'manual',
      headers: {
        'X-Fenghuo': '1',
        ...(as === undefined ? {} : { Cookie: as }),
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
  const signIn = async (account: string) => {
    const response = await call('POST', '/api/v1/session', { body: { account, password } });
    if (response.status !== 200) throw new Error(`${account} was not let in: ${await response.text()}`);
    return cookieOf(response);
  };
  const socket: TestWeb['socket'] = (cookie, options = {}) => {
    const made: ScreenSocket = io(url, {
      ...{ transports: ['websocket'], forceNew: true, reconnection: false, autoConnect: false },
      ...(cookie === null ? {} : { extraHeaders: { Cookie: cookie } }),
      ...options,
    });
    sockets.push(made);
    return made;
  };
  const advance = (ms: number) => {
    ahead += ms;
  };
  return {
    url,
    databaseUrl: database.appUrl,
    ownerUrl: database.ownerUrl,
    dropDatabase,
    pool,
    writer: new ScriptedWriter(writing),
    advance,
    call,
    signIn,
    socket,
    stop,
  };
}

/** The session cookie that an answer sets, as a browser sends it back. */
export function cookieOf(response: Response): string {
  return response.headers.get('set-cookie')?.split(';', 1)[0] ?? '';
}

/** Makes an account and signs it in. */
export async function enter(web: TestWeb, role: Role, area = county, name: string = role): Promise<string> {
  await insertTestAccount(web.pool, role, area, name);
  return web.signIn(name);
}

/** Resolves with what the socket says next on a topic. */
export function next<E extends keyof ServerToClient & string>(
  socket: ScreenSocket,
  event: E,
): Promise<Parameters<ServerToClient[E]>[0]> {
  return new Promise((resolve) => {
    (socket as Socket).once(event as string, resolve);
  });
}

/** Connects a socket; rejects with the reason for which it is refused. */
export function connect(socket: ScreenSocket): Promise<ScreenSocket> {
  return new Promise((resolve, reject) => {
    socket.once('connect', () => resolve(socket));
    socket.once('connect_error', reject);
    socket.connect();
  });
}
