import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { CarrierSourceIssued } from '@fenghuo/contracts/carrier.ts';
import type { QuarantineMessage } from '@fenghuo/contracts/quarantine.ts';
import type { Client } from 'pg';
import { connectClient } from '../src/store/pool.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { type ServerProcess, startServer } from './server-process.ts';
import { insertSmallCounty } from './small-county.ts';

/** Real servers, one after the other, on one database with the small county, as a cloud and an administrator meet them. */
export class PushStation implements AsyncDisposable {
  readonly #database: TestDatabase;
  /** Sees what is committed. */
  readonly outside: Client;
  readonly #data = mkdtempSync(path.join(tmpdir(), 'fenghuo-push-'));
  readonly #servers: ServerProcess[] = [];
  readonly #cookies = new Map<string, string>();

  private constructor(database: TestDatabase, outside: Client) {
    this.#database = database;
    this.outside = outside;
  }

  static async prepare(options?: { demo: boolean }): Promise<PushStation> {
    const database = await createTestDatabase();
    const outside = await connectClient({ url: database.ownerUrl, name: 'outside' });
    await insertSmallCounty(outside, options);
    return new PushStation(database, outside);
  }

  get #url(): string {
    return `http://127.0.0.1:${this.#servers.at(-1)?.httpPort}`;
  }

  /** Starts a server in place of the one before. */
  async start(settings: Record<string, string> = {}): Promise<ServerProcess> {
    await this.#servers.at(-1)?.stop();
    const { appUrl, ownerUrl } = this.#database;
    const urls = { FENGHUO_DATABASE_URL: appUrl, FENGHUO_OWNER_DATABASE_URL: ownerUrl };
    const server = await startServer({ FENGHUO_DATA: this.#data, ...urls, ...settings });
    this.#servers.push(server);
    const { accounts } = JSON.parse(readFileSync(path.join(this.#data, 'accounts.json'), 'utf8'));
    for (const role of ['administrator', 'tester']) {
      const known = accounts.find((one: { role: string }) => one.role === role);
      if (known === undefined || this.#cookies.has(role)) continue;
      const { account, password } = known;
      const session = await this.api('POST', '/session', { account, password });
      this.#cookies.set(role, session.headers.get('set-cookie')?.split(';', 1)[0] ?? '');
    }
    return server;
  }

  /** A request of the administrator, or of the tester. */
  api(
    method: string,
    of: string,
    body?: unknown,
    as: 'administrator' | 'tester' = 'administrator',
  ): Promise<Response> {
    const json = body === undefined ? {} : { body: JSON.stringify(body) };
    const headers = {
      'X-Fenghuo': '1',
      Cookie: this.#cookies.get(as) ?? '',
      'Content-Type': 'application/json',
    };
    return fetch(`${this.#url}/api/v1${of}`, { method, headers, ...json });
  }

  /** Makes a source, and gives how to push by it. */
  async issue(source: string, dialect = 'ctwing', area = '331081'): Promise<CarrierSourceIssued> {
    const response = await this.api('POST', '/carrier-sources', { source, dialect, area });
    if (response.status !== 201) throw new Error(`no source: ${await response.text()}`);
    return response.json() as Promise<CarrierSourceIssued>;
  }

  push({ path: to, token }: { path: string; token: string }, body: unknown): Promise<Response> {
    const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' };
    return fetch(this.#url + to, { method: 'POST', headers, body: JSON.stringify(body) });
  }

  async get(of: string): Promise<Response> {
    return fetch(this.#url + of);
  }

  /** Rows of each table. */
  async counts(...tables: string[]): Promise<Record<string, number>> {
    const columns = tables.map((table) => `(select count(*)::int from fenghuo.${table}) as ${table}`);
    return (await this.outside.query(`select ${columns.join(', ')}`)).rows[0];
  }

  /** Puts a message into quarantine as an earlier version may have left it. Gives its number. */
  async keep(of: {
    reason: string;
    topic: string;
    text: string | Buffer;
    at: number;
    more?: object;
  }): Promise<number> {
    const { principal = null, retained = false } = (of.more ?? {}) as {
      principal?: string;
      retained?: boolean;
    };
    const { rows } = await this.outside.query<{ no: number }>(
      `insert into fenghuo.quarantine (county, received_at, reason, source, topic, bytes, detail, principal, retained)
       values ('331081', to_timestamp($1::float8 / 1000), $2, 'mqtt-endpoint', $3, $4, 'why', $5, $6) returning no`,
      [of.at, of.reason, of.topic, Buffer.from(of.text as string), principal, retained],
    );
    return rows[0]!.no;
  }

  /** Asks for a message to be processed again, and waits for its outcome. */
  async reprocess(no: number): Promise<QuarantineMessage> {
    const asked = await this.api('POST', `/quarantine/${no}/reprocess`);
    if (asked.status !== 202) throw new Error(`not asked: ${await asked.text()}`);
    return this.outcomeOf(no);
  }

  /** Looks until the message waits no more. */
  async outcomeOf(no: number): Promise<QuarantineMessage> {
    for (;;) {
      const response = await this.api('GET', `/quarantine/${no}`);
      const message = (await response.json()) as QuarantineMessage;
      if (message.outcome !== 'waiting') return message;
    }
  }

  /** Ends every connection of the server, and lets it make no new one. */
  async takeDatabaseAway(): Promise<void> {
    await this.#allowConnections(false);
    await this.outside.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and pid <> pg_backend_pid()`,
    );
  }

  bringDatabaseBack(): Promise<void> {
    return this.#allowConnections(true);
  }

  /** `alter database` does not do this to the database of the one who asks. */
  async #allowConnections(allow: boolean): Promise<void> {
    await this.outside.query('update pg_database set datallowconn = $1 where datname = current_database()', [
      allow,
    ]);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const server of this.#servers) await server.stop();
    await this.outside.end();
    await this.#database.drop();
    rmSync(this.#data, { recursive: true, force: true });
  }
}
