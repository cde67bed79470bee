import type { ClientBase } from 'pg';

/** How long a lease stands without being renewed. It is renewed each second. Seconds. */
export const leaseSeconds = 4;

/** A lease that stands. */
export interface StandingLease {
  holder: string;
  epoch: number;
  /** The connection that took or last renewed it is gone: its process died, or is just connecting again. */
  disconnected: boolean;
}

/** The lease of a county while it stands; null when it can be taken. */
export async function findLease(client: ClientBase, county: string): Promise<StandingLease | null> {
  const result = await client.query<StandingLease>(
    `select holder, epoch, not exists (select from pg_stat_activity where pid = backend_pid) as disconnected
     from fenghuo.writer_lease where county = $1 and expires_at > clock_timestamp()`,
    [county],
  );
  return result.rows[0] ?? null;
}

/**
 * Takes the county's lease when it is free, expired by the database's clock, or of the epoch `abandoned`. Returns
 * the new epoch, or null while another holds it. A transaction of the old holder that has passed its check of the
 * lease is waited for; one that has not cannot commit any more.
 */
export async function takeLease(
  client: ClientBase,
  county: string,
  holder: string,
  abandoned: number | null = null,
): Promise<number | null> {
  const result = await client.query<{ epoch: string }>(
    `insert into fenghuo.writer_lease as l (county, holder, epoch, backend_pid, expires_at)
     values ($1, $2, 1, pg_backend_pid(), clock_timestamp() + make_interval(secs => ${leaseSeconds}))
     on conflict (county) do update
       set holder = excluded.holder, epoch = l.epoch + 1, backend_pid = excluded.backend_pid,
           expires_at = excluded.expires_at
       where l.expires_at <= clock_timestamp() or l.epoch = $3
     returning epoch`,
    [county, holder, abandoned],
  );
  return result.rows[0] === undefined ? null : Number(result.rows[0].epoch);
}

/** Renews the lease of this epoch. False when it was lost. */
export async function renewLease(client: ClientBase, county: string, epoch: number): Promise<boolean> {
  const result = await client.query(
    `update fenghuo.writer_lease
     set expires_at = clock_timestamp() + make_interval(secs => ${leaseSeconds}), backend_pid = pg_backend_pid()
     where county = $1 and epoch = $2`,
    [county, epoch],
  );
  return result.rowCount === 1;
}

/** Gives the lease back at a clean stop, so that the next start need not wait. */
export async function returnLease(client: ClientBase, county: string, epoch: number): Promise<void> {
  await client.query(
    `update fenghuo.writer_lease set expires_at = clock_timestamp() where county = $1 and epoch = $2`,
    [county, epoch],
  );
}
