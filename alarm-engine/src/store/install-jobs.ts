import { runMigrations } from 'graphile-worker';
import type pg from 'pg';
import type { Logger } from 'pino';
import { StartupError } from '../startup-error.ts';
import { jobLog } from './job-log.ts';

/** graphile-worker guards its tables by row security and has no role but the owner's: the server gets it by policy. */
const letServerUseJobs = `
  do $$
  declare
    name text;
  begin
    grant usage on schema graphile_worker to fenghuo_app;
    grant select, insert, update, delete on all tables in schema graphile_worker to fenghuo_app;
    for name in
      select tablename from pg_tables t
      where schemaname = 'graphile_worker' and tablename <> 'migrations' and not exists (
        select from pg_policies p
        where p.schemaname = t.schemaname and p.tablename = t.tablename and policyname = 'fenghuo_app')
    loop
      execute format('create policy fenghuo_app on graphile_worker.%I to fenghuo_app using (true) with check (true)', name);
    end loop;
  end $$`;

/** Brings the schema `graphile_worker` up to the version of the package, for the server's use. `owner` is connected. */
export async function installJobs(owner: pg.Client, ownerUrl: string, log: Logger): Promise<void> {
  try {
    await runMigrations({ connectionString: ownerUrl, logger: jobLog(log) });
    await owner.query(letServerUseJobs);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const sentence = `The tables of graphile-worker cannot be brought up to date: ${message}.`;
    throw new StartupError('migration', sentence, { cause: error });
  }
}
