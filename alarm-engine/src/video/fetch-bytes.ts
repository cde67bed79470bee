import { type Agent, get, type IncomingMessage } from 'node:http';
import { get as getSecurely, type Agent as HttpsAgent } from 'node:https';

export interface FetchOptions {
  /** Longer answers are refused, or cut where `cut` is true. */
  mostBytes: number;
  cut?: boolean;
}

/** `url`: where it was in the end. `status` 0: nobody answered in time, or what came could not be read. */
export type Fetched = { ok: true; url: string; body: Buffer } | { ok: false; status: number };

export interface Fetching {
  agents: { http: Agent; https: HttpsAgent };
  /** For the whole of an answer. */
  timeoutMs: number;
}

/** Video servers send a viewer on to check its cookies or to sign an address. */
const mostRedirects = 3;

/** A GET whose outcome is an answer and never an error. It is sent on within the host that was asked, and nowhere else. */
export async function fetchBytes(url: string, options: FetchOptions, fetching: Fetching): Promise<Fetched> {
  let at = url;
  for (let step = 0; step <= mostRedirects; step++) {
    const answer = await getOnce(at, options, fetching);
    if (!('location' in answer)) return answer;
    const next = URL.canParse(answer.location, at) ? new URL(answer.location, at) : null;
    if (next === null || next.origin !== new URL(url).origin) break;
    at = next.href;
  }
  return { ok: false, status: 0 };
}

type Answer = Fetched | { location: string };

function getOnce(url: string, options: FetchOptions, { agents, timeoutMs }: Fetching): Promise<Answer> {
  return new Promise((resolve) => {
    const headers = options.cut === true ? { Range: `bytes=0-${options.mostBytes - 1}` } : {};
    const onAnswer = (response: IncomingMessage) => readAnswer(response, { ...options, url }, resolve);
    const request = url.startsWith('https:')
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
  { mostBytes, cut = false, url }: FetchOptions & { url: string },
  resolve: (answer: Answer) => void,
): void {
  const { statusCode: status = 0, headers } = response;
  if (status !== 200 && status !== 206) {
    const isSentOn = status >= 301 && status <= 308 && headers.location !== undefined;
    resolve(isSentOn ? { location: headers.location! } : { ok: false, status });
    response.resume();
    return;
  }
  const parts: Buffer[] = [];
  let length = 0;
  response.on('data', (part: Buffer) => {
    parts.push(part);
    length += part.length;
    if (length <= mostBytes) return;
    const body = Buffer.concat(parts).subarray(0, mostBytes);
    resolve(cut ? { ok: true, url, body } : { ok: false, status: 0 });
    response.destroy();
  });
  response.on('end', () => resolve({ ok: true, url, body: Buffer.concat(parts) }));
}
