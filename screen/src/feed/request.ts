import type { z } from 'zod';

/**
 * Why a request brought nothing. `away`: no answer at all, and a retry may help. `locked`: too many tries.
 * `broken`: the server failed, or said something this screen does not understand.
 */
export type RequestFailure = 'away' | 'unauthenticated' | 'locked' | 'refused' | 'broken';

export type Answer<T> = { ok: true; body: T } | { ok: false; reason: RequestFailure };

export interface Request<S extends z.ZodType> {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Path under `/api/v1`. */
  path: string;
  body?: unknown;
  answer: S;
}

/** Sends one request to our own server. The header keeps foreign pages out, see `contracts/src/rest.ts`. */
export async function send(
  request: Pick<Request<z.ZodType>, 'method' | 'path' | 'body'>,
): Promise<Response | null> {
  const headers: Record<string, string> = { 'X-Fenghuo': '1' };
  if (request.body !== undefined) headers['Content-Type'] = 'application/json';
  try {
    return await fetch(`/api/v1${request.path}`, {
      method: request.method,
      headers,
      ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
    });
  } catch {
    return null;
  }
}

export async function request<S extends z.ZodType>(wanted: Request<S>): Promise<Answer<z.infer<S>>> {
  const response = await send(wanted);
  if (response === null) return { ok: false, reason: 'away' };
  if (!response.ok) return { ok: false, reason: failureOf(response.status) };
  const read = wanted.answer.safeParse(await bodyOf(response));
  return read.success ? { ok: true, body: read.data } : { ok: false, reason: 'broken' };
}

/** The JSON of an answer; undefined when it has none. */
export async function bodyOf(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    return undefined;
  }
}

export function failureOf(status: number): RequestFailure {
  if (status === 401) return 'unauthenticated';
  if (status === 423 || status === 429) return 'locked';
  if (status === 502 || status === 503 || status === 504) return 'away';
  return status >= 500 ? 'broken' : 'refused';
}
