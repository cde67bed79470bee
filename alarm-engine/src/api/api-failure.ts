import type { ApiError } from '@fenghuo/contracts/rest.ts';
import type { ErrorRequestHandler } from 'express';
import type { Logger } from 'pino';

/** An expected failure of a request: its status, a closed reason, and one sentence for the person. */
export class ApiFailure extends Error {
  readonly status: number;
  readonly reason: string;

  constructor(status: number, reason: string, sentence: string) {
    super(sentence);
    this.name = 'ApiFailure';
    this.status = status;
    this.reason = reason;
  }
}

/** Nothing there, or nothing that this viewer may know of; the two look alike on purpose. */
export function notFound(what: string): ApiFailure {
  return new ApiFailure(404, 'not-found', `There is no such ${what} in your area.`);
}

/** What the body parser and the router call their refusals. */
const reasonsOfExpress: Record<number, [reason: string, sentence: string]> = {
  400: ['malformed', 'The request is not well-formed.'],
  413: ['too-large', 'The body is larger than this route takes.'],
  415: ['unsupported', 'This encoding of the body is not supported.'],
};

/** SQLSTATE classes and socket errors that mean: the database is away, try again. */
function isDatabaseAway(error: { code?: unknown; message?: unknown }): boolean {
  const code = typeof error.code === 'string' ? error.code : '';
  if (/^(08|28|3D|53|57)/.test(code) || /^(ECONN|EPIPE|ENOENT|ETIMEDOUT)/.test(code)) return true;
  return /^(Connection terminated|timeout exceeded when trying to connect)/.test(String(error.message));
}

/** Says what went wrong as `{ error, message }`. What nobody expected is logged, and told without details. */
export function answerErrors(log: Logger): ErrorRequestHandler {
  return (error, request, response, _next) => {
    const [status, body] = describe(error);
    if (status >= 500) log.error({ err: error, method: request.method, path: request.path }, body.message);
    if (response.headersSent) response.destroy();
    else response.status(status).json(body);
  };
}

function describe(error: unknown): [status: number, body: ApiError] {
  if (error instanceof ApiFailure) return [error.status, { error: error.reason, message: error.message }];
  if (typeof error !== 'object' || error === null) return unexpected;
  const status = 'status' in error && typeof error.status === 'number' ? error.status : 500;
  const known = reasonsOfExpress[status];
  if (known !== undefined) return [status, { error: known[0], message: known[1] }];
  if (isDatabaseAway(error))
    return [503, { error: 'database-away', message: 'The database does not answer. Try again shortly.' }];
  return unexpected;
}

const unexpected: [number, ApiError] = [
  500,
  { error: 'internal', message: 'Something went wrong here; it is in the log of the server.' },
];
