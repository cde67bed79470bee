import type { Client } from 'pg';
import { errorKind } from './database-error.ts';

/** Milliseconds between two questions to a database that does not know yet. */
const askEveryMs = 200;

export interface Commit {
  /** The connection that holds the transaction, and no other: elsewhere a commit succeeds and commits nothing. */
  client: Client;
  /** Opens a connection to ask on, when the answer was lost. */
  connect: () => Promise<Client>;
  /** Id of the transaction. */
  xid: string;
  county: string;
  /** Number of the batch's last input, and the lease under which it was written: its row in the input log. */
  lastNo: number;
  epoch: number;
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
async function wasCommitted(transaction: Commit): Promise<boolean> {
  for (;;) {
    const fate = await ask(transaction).catch(() => 'unknown' as const);
    if (fate === 'committed' || fate === 'not-committed') return fate === 'committed';
    await new Promise((resolve) => setTimeout(resolve, askEveryMs));
  }
}

async function ask(transaction: Commit): Promise<'committed' | 'not-committed' | 'in-progress'> {
  const client = await transaction.connect();
  try {
    if (await isInProgress(client, transaction.xid)) return 'in-progress';
    return (await isLogged(client, transaction)) ? 'committed' : 'not-committed';
  } finally {
    void client.end().catch(() => {});
  }
}

/**
 * Whether the transaction may still end either way. That it ended well is not believed of its id alone: a server
 * that was killed forgets ids that no flushed record names, and gives them to others.
 */
async function isInProgress(client: Client, xid: string): Promise<boolean> {
  try {
    const found = await client.query<{ status: string | null }>(
      'select pg_xact_status($1::text::xid8) as status',
      [xid],
    );
    return found.rows[0]?.status === 'in progress';
  } catch (error) {
    if ((error as { code?: string }).code === idInTheFuture) return false;
    throw error;
  }
}

/** SQLSTATE of `pg_xact_status` for an id that the server has not given out, or has forgotten. */
const idInTheFuture = '22023';

/** Whether the batch stands in the input log: a statement of its own, so that it sees what ended before it. */
async function isLogged(client: Client, { county, lastNo, epoch }: Commit): Promise<boolean> {
  const found = await client.query(
    'select from fenghuo.input_batch where county = $1 and last_no = $2 and epoch = $3',
    [county, lastNo, epoch],
  );
  return found.rowCount === 1;
}
