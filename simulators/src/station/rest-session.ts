import { type Command, type CommandAnswer, commandAnswer } from '@fenghuo/contracts/commands.ts';
import { apiError, type WhoAmI, whoAmI } from '@fenghuo/contracts/rest.ts';
import type { z } from 'zod';
import { Failure } from './failure.ts';

export interface SignIn {
  /** Origin of the server, such as `http://127.0.0.1:8080`. */
  url: string;
  account: string;
  password: string;
  /** A request that takes longer is given up. Milliseconds. */
  timeoutMs?: number;
}

interface Call {
  method: 'GET' | 'POST' | 'DELETE';
  path: string;
  body?: unknown;
}

/** One person signed in over REST. The session is renewed when the server has forgotten it. */
export class RestSession {
  readonly #signIn: SignIn;
  #cookie = '';
  #renewing: Promise<WhoAmI> | null = null;

  constructor(signIn: SignIn) {
    this.#signIn = signIn;
  }

  /** For the socket, which signs in with the same cookie. */
  get cookie(): string {
    return this.#cookie;
  }

  get account(): string {
    return this.#signIn.account;
  }

  /** Signs in; calls at one time are one. */
  signIn(): Promise<WhoAmI> {
    this.#renewing ??= this.#renew().finally(() => {
      this.#renewing = null;
    });
    return this.#renewing;
  }

  async signOut(): Promise<void> {
    await this.#send({ method: 'DELETE', path: '/session' });
  }

  async get<T>(path: string, schema: z.ZodType<T>): Promise<T> {
    return read(path, schema, await this.#call({ method: 'GET', path }));
  }

  async post<T>(path: string, body: unknown, schema: z.ZodType<T>): Promise<T> {
    return read(path, schema, await this.#call({ method: 'POST', path, body }));
  }

  /** Says something that has no answer. */
  async tell(path: string, body: unknown): Promise<void> {
    await this.#call({ method: 'POST', path, body });
  }

  /** Takes an MQTT credential back. */
  async revoke(credential: string): Promise<void> {
    await this.#call({ method: 'POST', path: `/credentials/${encodeURIComponent(credential)}/revoke` });
  }

  /** Acts. Null: not answered in time; it will be done, and a repetition of the same id tells the answer. */
  async act(command: Command): Promise<CommandAnswer | null> {
    const response = await this.#call({ method: 'POST', path: '/commands', body: command }, [409]);
    return response.status === 202 ? null : read('/commands', commandAnswer, response);
  }

  async #renew(): Promise<WhoAmI> {
    const { url, account, password } = this.#signIn;
    const response = await this.#send({ method: 'POST', path: '/session', body: { account, password } });
    if (!response.ok)
      throw new Failure('sign-in-refused', `${url} refuses account ${account}: ${await saying(response)}.`);
    this.#cookie = response.headers
      .getSetCookie()
      .map((line) => line.split(';', 1)[0])
      .join('; ');
    return read('/session', whoAmI, response);
  }

  async #call(call: Call, alsoGood: readonly number[] = []): Promise<Response> {
    let response = await this.#send(call);
    if (response.status === 401) {
      await this.signIn();
      response = await this.#send(call);
    }
    if (response.ok || alsoGood.includes(response.status)) return response;
    const sentence = `${call.method} ${call.path} was refused: ${await saying(response)}.`;
    throw new Failure(response.status === 403 ? 'not-authorised' : 'bad-answer', sentence);
  }

  async #send({ method, path, body }: Call): Promise<Response> {
    const { url, timeoutMs = 10_000 } = this.#signIn;
    const headers = { 'content-type': 'application/json', 'x-fenghuo': '1', cookie: this.#cookie };
    const signal = AbortSignal.timeout(timeoutMs);
    const init = { method, headers, signal, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
    return fetch(new URL(`/api/v1${path}`, url), init).catch((error: Error) => {
      const cause = error.cause as NodeJS.ErrnoException | undefined;
      throw new Failure('unreachable', `${url} does not answer (${cause?.code ?? error.message}).`);
    });
  }
}

async function read<T>(path: string, schema: z.ZodType<T>, response: Response): Promise<T> {
  const parsed = schema.safeParse(await response.json().catch(() => null));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new Failure(
    'bad-answer',
    `The answer to ${path} is not as agreed: ${issue?.path.join('.')} ${issue?.message}.`,
  );
}

async function saying(response: Response): Promise<string> {
  const parsed = apiError.safeParse(await response.json().catch(() => null));
  return parsed.success ? parsed.data.message.replace(/\.$/, '') : `status ${response.status}`;
}
