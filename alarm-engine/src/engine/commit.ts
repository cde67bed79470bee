import type { Client } from 'pg';
import { errorKind } from './database-error.ts';

/** Milliseconds between two questions to a database that does not know yet. */
const askEveryMs = 200;

export interface Commit {
  client: Client;
  /** A fresh connection in place of the broken one, to ask what became of a commit whose answer was lost. */
  reconnect: () => Promise<Client>;
  /** Id of the transaction. */
  xid: string;
}

/** Commits. When the connection breaks before the answer, asks the database what became of it. */
export async function commit(transaction: Commit): Promise<void> {
  try {
    await transaction.client.query('commit');
  } catch (error) {
    if (errorKind(error) !== 'lost') throw error;
    if (!(await wasCommitted(transaction))) throw error;
  }
}

/** Asks until the database knows; it may be restarting. Its answer decides: there is nothing else to go by. */
async function wasCommitted({ reconnect, xid }: Commit): Promise<boolean> {
  for (;;) {
    const status = await askStatus(reconnect, xid).catch((error: unknown) => {
      if (errorKind(error) === 'input') throw error;
      return 'unknown';
    });
    if (status === 'committed') return true;
    if (status !== 'in progress' && status !== 'unknown') return false;
    await new Promise((resolve) => setTimeout(resolve, askEveryMs));
  }
}

async function askStatus(reconnect: Commit['reconnect'], xid: string): Promise<string | null> {
  const client = await reconnect();
  const found = await client.query<{ status: string | null }>(
    'select pg_xact_status($1::text::xid8) as status',
    [xid],
  );
  return found.rows[0]?.status ?? null;
}
