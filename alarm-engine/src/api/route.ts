import type { Request, Response } from 'express';
import type { Logger } from 'pino';
import type { AreaScope } from '../access/area-scope.ts';
import type { Right } from '../access/rights.ts';
import type { Session, Sessions } from '../access/sessions.ts';
import type { SignInDesk } from '../access/sign-in.ts';
import type { BacktestDesk } from '../replay/backtest-desk.ts';
import type { Queryable } from '../store/queryable.ts';
import type { CommandDesk } from './command-desk.ts';

/** What the routes work with. */
export interface ApiContext {
  db: Queryable;
  county: string;
  /** Of the county: where its days begin. */
  timeZone: string;
  /** For who needs a connection of its own. */
  databaseUrl: string;
  serverKey: Buffer;
  /** Milliseconds since 1970. */
  clock: () => number;
  log: Logger;
  /** The session cookie travels over https only. */
  https: boolean;
  sessions: Sessions;
  signInDesk: SignInDesk;
  commandDesk: CommandDesk;
  backtestDesk: BacktestDesk;
}

/** A request of someone signed in who has the right that the route needs. */
interface Call {
  request: Request;
  response: Response;
  session: Session;
  /** The part of the county that the caller sees. */
  scope: AreaScope;
}

interface Place {
  method: 'get' | 'post' | 'put' | 'delete';
  /** Below `/api/v1`. */
  path: string;
}

/** A route says who may call it; the router asks before the handler runs, so no handler can forget to. */
export type Route =
  | (Place & { needs: 'nothing'; handle: (call: Pick<Call, 'request' | 'response'>) => Promise<void> })
  | (Place & { needs: 'session' | Right; handle: (call: Call) => Promise<void> });
