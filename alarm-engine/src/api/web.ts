import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type Express, type Request, type RequestHandler } from 'express';
import type pg from 'pg';
import type { Logger } from 'pino';
import { ApiTokens } from '../access/api-tokens.ts';
import { OidcDesk, type OidcProvider } from '../access/oidc.ts';
import { Sessions } from '../access/sessions.ts';
import { SignInDesk } from '../access/sign-in.ts';
import { WallPairing } from '../access/wall-pairing.ts';
import { PushServer } from '../push/push-server.ts';
import { BacktestDesk } from '../replay/backtest-desk.ts';
import { StartupError } from '../startup-error.ts';
import { Listener } from '../store/listener.ts';
import type { TlsPair } from '../tls-files.ts';
import { Video } from '../video/video.ts';
import { AnswerWaiter } from './answer-waiter.ts';
import { answerErrors } from './api-failure.ts';
import { CommandDesk } from './command-desk.ts';
import { speakEither } from './either-door.ts';
import { answerHealth, answerMetrics } from './health.ts';
import { ontoHttps } from './onto-https.ts';
import type { ApiContext } from './route.ts';
import { apiRouter } from './router.ts';
import { screenFiles } from './screen-files.ts';
import { securityHeaders } from './security-headers.ts';
import { trustPage } from './trust.ts';

export interface WebOptions {
  pool: pg.Pool;
  /** For who needs a connection of its own: to listen on, or for a backtest. */
  databaseUrl: string;
  county: string;
  /** Of the county: where today begins. */
  timeZone: string;
  serverKey: Buffer;
  /** Where the built screen lies, or will. */
  screenFolder: string;
  host: string;
  /** 0 takes any free one. */
  port: number;
  /** https beside http on the one port; absent: plain http alone. */
  tls?: WebTls;
  /** A proxy in front speaks https: cookies are marked so, and the proxy's word on addresses is taken. */
  behindHttpsProxy?: boolean;
  /** Identity provider at which people may sign in; absent where there is none. */
  oidc?: OidcProvider;
  /** Where the county's own safety index lies, if it has one; null: the shipped one counts. */
  safetyIndexFile: string | null;
  /** Of the station: its disk is watched. Null: there is none. */
  dataFolder: string | null;
  /** Time compression of simulated life; null without simulators. */
  demoTimeFactor: number | null;
  /** Where live playlists of cameras are, with `{camera}` in it; absent: where the registry says. */
  cameraUrl?: string | undefined;
  /** Time for one round of the scan of all cameras; absent: none is scanned. */
  scanRoundMs?: number | undefined;
  /** The gateway's answer to what carrier clouds push below `/ingest`; absent where no gateway runs. */
  push?: (request: IncomingMessage, response: ServerResponse) => void;
  /** How long a person waits for the writer before a command is answered 202. */
  answerWaitMs?: number;
  /** How often sessions of open sockets are looked at again; sign-out is heard of at once. */
  sessionRecheckMs?: number;
  /** Milliseconds since 1970. */
  clock: () => number;
  log: Logger;
}

const answerWaitMs = 5000;
const sessionRecheckMs = 60_000;
/** Requests on their way are answered; past this they are cut off. */
const stopWithinMs = 2000;

/** The web of one county: REST, socket, health and the built screen. Talks to the writer by database only. */
export interface Web {
  /** Resolves with the port; rejects with a StartupError when it cannot be listened on. */
  start(): Promise<{ port: number }>;
  stop(): Promise<void>;
  /** Another certificate for connections from now on. */
  renewTls(pair: TlsPair): void;
}

export interface WebTls {
  pair: TlsPair;
  /** The own authority that vouches for the pair; null: one that browsers know. */
  authority: (() => string) | null;
  /** Where phones reach this station. */
  reachableAt: () => string[];
}

/** Puts the web together; nothing runs before `start`. */
export function createWeb(options: WebOptions): Web {
  const { pool: db, county, clock, log, databaseUrl, serverKey } = options;
  const isSecure = (request: Request) => options.behindHttpsProxy === true || request.secure;
  const listener = new Listener({ databaseUrl, name: 'fenghuo web', log });
  const sessions = new Sessions({ db, county, serverKey, clock });
  const answers = new AnswerWaiter({ db, listener, log });
  const backtestDesk = new BacktestDesk();
  const apiTokens = new ApiTokens({ db, county, serverKey, clock });
  const push = new PushServer({ sessionRecheckMs, ...options, listener, sessions, apiTokens });
  const video = new Video({ ...options, db, scanRoundMs: options.scanRoundMs ?? null });
  const app = buildApp(options, {
    ...options,
    db,
    isSecure,
    sessions,
    apiTokens,
    oidcDesk:
      options.oidc === undefined
        ? null
        : new OidcDesk({ db, county, sessions, provider: options.oidc, clock, log }),
    wallPairing: new WallPairing({ db, county, serverKey, sessions, clock }),
    backtestDesk,
    video,
    walls: push.walls,
    signInDesk: new SignInDesk({ db, county, sessions, clock }),
    commandDesk: new CommandDesk({
      ...{ db, county, answers, timeZone: options.timeZone },
      waitMs: options.answerWaitMs ?? answerWaitMs,
    }),
  });
  const server = createServer(app);
  const renewTls = options.tls === undefined ? () => {} : speakEither(server, options.tls.pair);
  const stop = async () => {
    answers.stop();
    const patience = setTimeout(() => server.closeAllConnections(), stopWithinMs);
    await backtestDesk.stop();
    await video.stop();
    await push.stop();
    clearTimeout(patience);
    await listener.stop();
  };
  const start = async () => {
    try {
      await sessions.sweep();
      answers.start();
      video.start();
      await push.start(server);
      await listener.start();
      return { port: await listen(server, options) };
    } catch (error) {
      await stop();
      throw error;
    }
  };
  return { start, stop, renewTls };
}

function buildApp(options: WebOptions, context: ApiContext): Express {
  const app = express();
  app.disable('x-powered-by');
  if (options.behindHttpsProxy === true) app.set('trust proxy', 1);
  if (options.push !== undefined) app.use(servePush(options.push));
  const { tls } = options;
  const isForStrangers = tls !== undefined && tls.authority !== null;
  app.use(
    securityHeaders({
      https: tls !== undefined || options.behindHttpsProxy === true,
      stayOnHttps: options.behindHttpsProxy === true || (tls !== undefined && !isForStrangers),
    }),
  );
  app.get('/healthz', answerHealth(context));
  if (tls !== undefined) {
    if (tls.authority !== null) app.use('/trust', trustPage({ ...tls, authority: tls.authority }));
    app.use(ontoHttps);
  }
  app.get('/metrics', answerMetrics(context));
  app.use('/api', apiRouter(context));
  app.use(screenFiles(options.screenFolder));
  app.use(answerErrors(options.log));
  return app;
}

/** Before everything else: no session, cookie, CSRF rule or body parser of the screens applies to it. */
function servePush(push: NonNullable<WebOptions['push']>): RequestHandler {
  return (request, response, next) => {
    if (request.path === '/ingest' || request.path.startsWith('/ingest/')) push(request, response);
    else next();
  };
}

function listen(server: Server, { host, port }: WebOptions): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(cannotListen(error, host, port)));
    server.listen({ host, port }, () => resolve((server.address() as AddressInfo).port));
  });
}

function cannotListen(error: NodeJS.ErrnoException, host: string, port: number): StartupError {
  if (error.code === 'EADDRINUSE')
    return new StartupError(
      'port-taken',
      `Port ${port} on ${host} is taken by another program. Stop it, or set FENGHUO_HTTP_PORT to another.`,
      { cause: error },
    );
  const sentence = `The web cannot listen on ${host} port ${port}: ${error.message}.`;
  return new StartupError('setting', sentence, { cause: error });
}
