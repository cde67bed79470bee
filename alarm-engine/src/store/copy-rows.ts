import { once } from 'node:events';
import type { ClientBase } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { findTableExtras } from './sql/find-table-extras.ts';

export type CopyValue = string | number | boolean | null;

/** Where rows of a kind go: a `copy … from stdin` statement, and how a row becomes its columns. */
export interface CopyTarget<T> {
  statement: string;
  columns(row: T, context: CopyContext): CopyValue[];
}

export interface CopyContext {
  county: string;
  /** Number of the next device; raised by who takes it. */
  nextDeviceNo: number;
}

/** One open COPY. Nothing else may be asked of its connection until `end`. */
export interface RowCopy {
  /** Lines of {@link copyLine}; resolves when the connection takes more. */
  write(lines: string): Promise<void>;
  end(): Promise<void>;
  /** Ends it without a row taken; the transaction is broken then. */
  abort(): Promise<void>;
}

export function startCopy(client: ClientBase, statement: string): RowCopy {
  const stream = client.query(copyFrom(statement));
  let open = true;
  const finished = once(stream, 'finish').finally(() => {
    open = false;
  });
  finished.catch(() => {});
  stream.on('error', () => {});
  return {
    async write(lines) {
      if (!stream.write(lines)) await Promise.race([once(stream, 'drain'), finished]);
    },
    async end() {
      stream.end();
      await finished;
    },
    async abort() {
      if (!open) return;
      stream.destroy(new Error('the import was broken off'));
      await finished.catch(() => {});
    },
  };
}

/**
 * Takes foreign keys and further indexes off an empty table, so that many rows come in fast; calling what it
 * returns makes them again, all at once, in the same transaction. Who does not own the table changes nothing.
 */
export async function loosenTable(client: ClientBase, table: string): Promise<() => Promise<void>> {
  const extras = await findTableExtras(client, table);
  for (const { drop } of extras) await client.query(drop);
  return async () => {
    for (const { make } of extras) await client.query(make);
  };
}

/** One line of COPY's text format. */
export function copyLine(values: readonly CopyValue[]): string {
  return `${values.map(copyField).join('\t')}\n`;
}

const special = /[\\\n\r\t]/;
const escapes: Record<string, string> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function copyField(value: CopyValue): string {
  if (value === null) return '\\N';
  if (typeof value !== 'string') return String(value);
  return special.test(value) ? value.replace(/[\\\n\r\t]/g, (character) => escapes[character]!) : value;
}
