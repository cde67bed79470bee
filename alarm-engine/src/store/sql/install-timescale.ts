import type { Queryable } from '../queryable.ts';
import type { HypertableOptions } from './make-event-hypertable.ts';

/** Whether the server brings TimescaleDB, installed in this database or not. */
export async function offersTimescale(db: Queryable): Promise<boolean> {
  const { rows } = await db.query(`select from pg_available_extensions where name = 'timescaledb'`);
  return rows.length === 1;
}

/** Installs TimescaleDB where it is not yet; fails where it is not preloaded or the owner may not. */
export async function installTimescale(owner: Queryable): Promise<HypertableOptions> {
  await owner.query('create extension if not exists timescaledb');
  const { rows } = await owner.query<HypertableOptions>(`
    select extnamespace::regnamespace::text as schema,
           current_setting('timescaledb.license', true) is distinct from 'apache' as compresses
    from pg_extension where extname = 'timescaledb'`);
  return rows[0]!;
}
