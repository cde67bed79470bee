import type { Queryable } from '../queryable.ts';

export interface StationLoad {
  commandsWaiting: number;
  commandsOldestMs: number | null;
  jobsWaiting: number;
  jobsOldestMs: number | null;
  jobsFailed: number;
  quarantined: number;
  databaseBytes: number;
  connections: number;
  mostConnections: number;
  postgres: string;
  timescale: string | null;
}

/** What waits in the database, how large it is, and what it is. */
export async function readStationLoad(db: Queryable, county: string): Promise<StationLoad> {
  const ms = (time: string) => `(extract(epoch from clock_timestamp() - ${time}) * 1000)::float8`;
  const { rows } = await db.query<StationLoad>(
    `select c.waiting::int as "commandsWaiting", c.oldest as "commandsOldestMs",
            j.waiting::int as "jobsWaiting", j.oldest as "jobsOldestMs", j.failed::int as "jobsFailed",
            (select count(*)::int from fenghuo.quarantine
             where county = $1 and received_at > now() - interval '1 day') as quarantined,
            pg_database_size(current_database())::float8 as "databaseBytes",
            (select count(*)::int from pg_stat_activity where datname = current_database()) as connections,
            current_setting('max_connections')::int as "mostConnections",
            current_setting('server_version') as postgres,
            (select extversion from pg_extension where extname = 'timescaledb') as timescale
     from (select count(*) as waiting, ${ms('min(arrived_at)')} as oldest
           from fenghuo.command where county = $1 and answer is null) as c,
          (select count(*) filter (where attempts < max_attempts and run_at <= now()) as waiting,
                  ${ms('min(run_at) filter (where attempts < max_attempts and run_at <= now())')} as oldest,
                  count(*) filter (where attempts >= max_attempts) as failed
           from graphile_worker.jobs) as j`,
    [county],
  );
  return rows[0]!;
}
