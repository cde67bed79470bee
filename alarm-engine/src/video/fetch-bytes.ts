import { type Agent, get, type IncomingMessage } from 'node:http';
import { get as getSecurely, type Agent as HttpsAgent } from 'node:https';

export interface FetchOptions {
  /** Longer answers are refused, or cut where `cut` is true. */
  mostBytes: number;
  cut?: boolean;
}

/** `status` 0: nobody answered in time, or what came could not be read. */
export type Fetched = { ok: true; body: Buffer } | { ok: false; status: number };

export interface Fetching {
  agents: { http: Agent; https: HttpsAgent };
  /** For the whole of an answer. */
  timeoutMs: number;
}

/** A GET whose outcome is an answer and never an error. */
export function fetchBytes(
  url: string,
  options: FetchOptions,
  { agents, timeoutMs }: Fetching,
): Promise<Fetched> {
  return new Promise((resolve) => {
    const secure = url.startsWith('https:');
    const headers = options.cut === true ? { Range: `bytes=0-${options.mostBytes - 1}` } : {};
    const onAnswer = (response: IncomingMessage) => readAnswer(response, options, resolve);
    const request = secure
      ? getSecurely(url, { agent: agents.https, headers }, onAnswer)
      : get(url, { agent: agents.http, headers }, onAnswer);
    const patience = setTimeout(() => request.destroy(new Error('too slow')), timeoutMs);
    request.on('error', () => resolve({ ok: false, status: 0 }));
    request.on('close', () => {
      clearTimeout(patience);
      resolve({ ok: false, status: 0 });
    });
  });
}

function readAnswer(
  response: IncomingMessage,
  { mostBytes, cut = false }: FetchOptions,
  resolve: (fetched: Fetched) => void,
): void {
  const { statusCode: status = 0 } = response;
  if (status !== 200 && status !== 206) {
    resolve({ ok: false, status });
    response.resume();
    return;
  }
  const parts: Buffer[] = [];
  let length = 0;
  response.on('data', (part: Buffer) => {
    parts.push(part);
    length += part.length;
    if (length <= mostBytes) return;
    resolve(cut ? { ok: true, body: Buffer.concat(parts).subarray(0, mostBytes) } : { ok: false, status: 0 });
    response.destroy();
  });
  response.on('end', () => resolve({ ok: true, body: Buffer.concat(parts) }));
}
