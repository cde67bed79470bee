import type { Words } from '@fenghuo/contracts/words.ts';
import type { Request, Response } from 'express';
import type { Logger } from 'pino';
import type { z } from 'zod';
import type { ApiTokens } from '../access/api-tokens.ts';
import type { OidcDesk } from '../access/oidc.ts';
import type { Reach } from '../access/reach.ts';
import type { Right } from '../access/rights.ts';
import type { Session, Sessions } from '../access/sessions.ts';
import type { SignInDesk } from '../access/sign-in.ts';
import type { WallPairing } from '../access/wall-pairing.ts';
import type { WallBoard } from '../push/wall-board.ts';
import type { BacktestDesk } from '../replay/backtest-desk.ts';
import type { Queryable } from '../store/queryable.ts';
import type { Video } from '../video/video.ts';
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
  /** Where the county's own safety index lies, if it has one. */
  safetyIndexFile: string | null;
  /** Whose disk is watched; null where there is none. */
  dataFolder: string | null;
  /** Milliseconds since 1970. */
  clock: () => number;
  log: Logger;
  /** The session cookie travels over https only. */
  isSecure: (request: Request) => boolean;
  sessions: Sessions;
  apiTokens: ApiTokens;
  wallPairing: WallPairing;
  /** Null where no identity provider is configured. */
  oidcDesk: OidcDesk | null;
  signInDesk: SignInDesk;
  commandDesk: CommandDesk;
  backtestDesk: BacktestDesk;
  video: Video;
  /** Walls that are connected to this process, and what they were told. */
  walls: WallBoard;
}

/** A request of someone signed in who has the right that the route needs. */
export interface Call {
  request: Request;
  response: Response;
  session: Session;
  /** The part of the county that the caller sees, and the unit whose orders open cases outside of it. */
  scope: Reach;
}

/** What an answer of a status holds: JSON of a schema, nothing, or bytes of a media type, or of one of several. */
export type AnswerShape = z.ZodType | 'nothing' | MediaType | readonly MediaType[];
type MediaType = `${string}/${string}`;

/**
 * What a route takes and answers. The document of the interface is made of it, and `readBody` and `readQuery` take no
 * other schema, so it cannot say something else than is done. Refusals that every route has are not listed.
 */
export interface RouteShape {
  summary: Words;
  query?: z.ZodObject;
  body?: z.ZodType;
  /** Media types of a body that is bytes. */
  upload?: readonly MediaType[];
  answers: Readonly<Record<number, AnswerShape>>;
}

interface Place {
  method: 'get' | 'post' | 'put' | 'delete';
  /** Below `/api/v1`. */
  path: string;
  shape: RouteShape;
}

/** A route says who may call it; the router asks before the handler runs, so no handler can forget to. */
export type Route =
  | (Place & { needs: 'nothing'; handle: (call: Pick<Call, 'request' | 'response'>) => Promise<void> })
  | (Place & { needs: 'session' | Right; handle: (call: Call) => Promise<void> });
