import { Agent, get, type IncomingMessage, type ServerResponse } from 'node:http';
import { get as getSecurely, Agent as HttpsAgent } from 'node:https';
import { pipeline } from 'node:stream/promises';
import { type Fetched, fetchBytes } from './fetch-bytes.ts';

const timeoutMs = 4000;
const playlistBytes = 256 * 1024;
/** Connections to one camera server at once; further requests wait for one. */
const most = { keepAlive: true, maxSockets: 128, maxFreeSockets: 32, timeout: timeoutMs };

/** Headers of a picture that a viewer is given. */
const passedOn = ['content-type', 'content-length', 'content-range', 'accept-ranges'] as const;

/** Fetches playlists and pictures for viewers. */
export class LivePictures {
  readonly #agents = { http: new Agent(most), https: new HttpsAgent(most) };

  stop(): void {
    this.#agents.http.destroy();
    this.#agents.https.destroy();
  }

  playlist(url: string): Promise<Fetched> {
    return fetchBytes(url, { mostBytes: playlistBytes }, { agents: this.#agents, timeoutMs });
  }

  /** Answers with what lies at an address. Rejects before anything is sent when the camera's server has no answer. */
  async pass(url: string, range: string | undefined, response: ServerResponse): Promise<void> {
    const picture = await this.#open(url, range);
    response.statusCode = picture.statusCode!;
    for (const name of passedOn) {
      const value = picture.headers[name];
      if (value !== undefined) response.setHeader(name, value);
    }
    await pipeline(picture, response).catch(() => response.destroy());
  }

  #open(url: string, range: string | undefined): Promise<IncomingMessage> {
    const options = { timeout: timeoutMs, headers: range === undefined ? {} : { range } };
    return new Promise((resolve, reject) => {
      const onAnswer = (answer: IncomingMessage) => {
        if (answer.statusCode === 200 || answer.statusCode === 206) return resolve(answer);
        answer.resume();
        reject(new Error(`status ${answer.statusCode}`));
      };
      const request = url.startsWith('https:')
        ? getSecurely(url, { ...options, agent: this.#agents.https }, onAnswer)
        : get(url, { ...options, agent: this.#agents.http }, onAnswer);
      request.on('timeout', () => request.destroy(new Error('too slow')));
      request.on('error', reject);
    });
  }
}
