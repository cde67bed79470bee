import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Configuration, Provider } from 'oidc-provider';

/** A person whom the provider knows, and what it says of them. */
export interface Person {
  claims: Record<string, unknown>;
}

/** A real OpenID Connect provider on this machine: everybody may sign in under any name that it knows. */
export class IdentityProvider {
  readonly people = new Map<string, Person>();
  readonly client = { id: 'fenghuo', secret: 'a-secret-of-the-client-of-this-test' };
  readonly #server: Server = createServer();
  issuer = '';

  /** `redirectUri` is not known before the web listens: it is asked for when somebody comes. */
  async start(redirectUri: () => string): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    this.issuer = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
    let handle: ReturnType<Provider['callback']> | null = null;
    this.#server.on('request', (request, response) => {
      handle ??= new Provider(this.issuer, this.#configuration(redirectUri())).callback();
      void handle(request, response);
    });
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #configuration(redirectUri: string): Configuration {
    const { id, secret } = this.client;
    return {
      clients: [{ client_id: id, client_secret: secret, redirect_uris: [redirectUri] }],
      claims: { openid: ['sub'], profile: ['name', 'preferred_username', 'roles', 'area'] },
      ttl: { Interaction: 600, Session: 600, Grant: 600, AccessToken: 600, IdToken: 600 },
      pkce: { required: () => true },
      cookies: { keys: ['a key of this test'] },
      findAccount: (_context, id) => {
        const person = this.people.get(id);
        return person && { accountId: id, claims: async () => ({ sub: id, ...person.claims }) };
      },
    };
  }
}

/** As much of a browser as a sign-in needs: cookies, redirects, and forms that it fills in. */
export class SmallBrowser {
  readonly cookies = new Map<string, string>();

  async open(url: string, body?: URLSearchParams): Promise<{ url: URL; response: Response }> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const method = body === undefined ? 'GET' : 'POST';
    const response = await fetch(url, {
      method,
      redirect: 'manual',
      headers: { cookie },
      ...(body && { body }),
    });
    for (const set of response.headers.getSetCookie()) {
      const [pair = ''] = set.split(';', 1);
      const equals = pair.indexOf('=');
      if (/max-age=0|expires=thu, 01 jan 1970/i.test(set)) this.cookies.delete(pair.slice(0, equals));
      else this.cookies.set(pair.slice(0, equals), pair.slice(equals + 1));
    }
    return { url: new URL(url), response };
  }

  /** Follows redirects and answers the provider's forms as `login`, until it is at a path of ours or nobody leads on. */
  async travel(from: string, login: string, isThere: (url: URL) => boolean): Promise<URL> {
    let at = await this.open(from);
    for (let steps = 0; steps < 20; steps++) {
      const location = at.response.headers.get('location');
      const next = location === null ? null : new URL(location, at.url);
      if (next !== null && isThere(next)) return next;
      if (next !== null) at = await this.open(next.href);
      else {
        const page = await at.response.text();
        const action = /action="([^"]+)"/.exec(page)?.[1];
        if (action === undefined) throw new Error(`nobody leads on from ${at.url}: ${page.slice(0, 300)}`);
        const prompt = /name="prompt" value="([^"]+)"/.exec(page)?.[1] ?? '';
        const form = new URLSearchParams({ prompt, login, password: 'x' });
        at = await this.open(new URL(action, at.url).href, form);
      }
    }
    throw new Error('too many steps');
  }
}
