import type pg from 'pg';
import { escapeIdentifier } from 'pg';
import type { Logger } from 'pino';
import { StartupError } from '../startup-error.ts';
import { checkAppRights, type DatabaseUrls, ensureAppRole } from './app-role.ts';
import { addressOf, connectionFailure, errorCode, withDatabase } from './connection-failure.ts';
import { installJobs } from './install-jobs.ts';
import { type MigrationFile, migrationFolder, readMigrationFiles } from './migration-files.ts';
import { connectClient, openClient } from './pool.ts';
import { createMigrationTable } from './sql/create-migration-table.ts';
import { insertMigration } from './sql/insert-migration.ts';
import { type AppliedMigration, loadMigrations } from './sql/load-migrations.ts';
import { createTimeSeries, type TimescaleWish } from './time-series/choose-time-series.ts';

export interface MigrateOptions extends DatabaseUrls {
  log: Logger;
  /** Of numbered `.sql` files; the program's own by default. */
  folder?: string;
  /** What a new database makes of TimescaleDB; `auto` by default. */
  timescale?: TimescaleWish;
}

/** How long to wait for another process that migrates the same database. */
const lockTimeout = '60s';

/**
 * Brings a database up to this version of the program: makes it when the server has none of that name, makes
 * the role and the login of the running server, applies what is new of `alarm-engine/sql`, each file in a
 * transaction of its own, decides how a new database stores events, and makes the event days that the next hours need. Crash window: between two
 * files; the next start goes on from there. Returns the names of the files it applied.
 */
export async function migrate({
  ownerUrl,
  appUrl,
  log,
  folder = migrationFolder,
  timescale = 'auto',
}: MigrateOptions): Promise<string[]> {
  const owner = await connectToOwnDatabase(ownerUrl, log);
  try {
    await lockMigrations(owner, ownerUrl);
    await ensureAppRole(owner, { ownerUrl, appUrl });
    const applied = await applyNew({ owner, ownerUrl, log, folder });
    await installJobs(owner, ownerUrl, log);
    const series = await createTimeSeries(owner, timescale, log);
    const made = await series.makeAhead(owner);
    if (made > 0) log.info({ made }, 'made room for the events of the next hours');
    await checkAppRights(appUrl);
    return applied;
  } finally {
    await owner.end();
  }
}

async function connectToOwnDatabase(ownerUrl: string, log: Logger): Promise<pg.Client> {
  const { database, user, place } = addressOf(ownerUrl);
  const client = openClient({ url: ownerUrl, name: 'fenghuo migrate' });
  try {
    await client.connect();
    return client;
  } catch (error) {
    if (errorCode(error) !== '3D000') throw connectionFailure(error, ownerUrl);
  }
  const elsewhere = await connectClient({ url: withDatabase(ownerUrl, 'postgres'), name: 'fenghuo migrate' });
  try {
    await elsewhere.query(`create database ${escapeIdentifier(database)} encoding 'UTF8' template template0`);
    log.info({ database }, 'made the database');
  } catch (error) {
    if (errorCode(error) !== '42P04' && errorCode(error) !== '23505')
      throw new StartupError(
        'database-rights',
        `There is no database at ${place}, and the user ${user} may not create it.`,
        {
          cause: error,
        },
      );
  } finally {
    await elsewhere.end();
  }
  return connectClient({ url: ownerUrl, name: 'fenghuo migrate' });
}

/** Held until the connection ends: two servers that start together migrate one after the other. */
async function lockMigrations(owner: pg.Client, ownerUrl: string): Promise<void> {
  try {
    await owner.query(`set lock_timeout = '${lockTimeout}'`);
    await owner.query(`select pg_advisory_lock(hashtextextended('fenghuo migrations', 0))`);
  } catch (error) {
    if (errorCode(error) !== '55P03') throw error;
    const { place } = addressOf(ownerUrl);
    throw new StartupError(
      'migration',
      `Another process has been migrating the database at ${place} for over a minute.`,
    );
  }
}

interface Migrating {
  owner: pg.Client;
  ownerUrl: string;
  log: Logger;
  folder: string;
}

async function applyNew({ owner, ownerUrl, log, folder }: Migrating): Promise<string[]> {
  await createMigrationTable(owner);
  const files = await readMigrationFiles(folder);
  const applied = await loadMigrations(owner);
  const refusal = refuseMigrations(files, applied, addressOf(ownerUrl).place);
  if (refusal !== null) throw refusal;
  const fresh = files.slice(applied.length);
  for (const file of fresh) {
    await applyFile(owner, file);
    log.info({ migration: file.name }, 'applied a migration');
  }
  return fresh.map((file) => file.name);
}

/** Why what was applied and what this program brings do not fit together; null when they do. */
function refuseMigrations(
  files: readonly MigrationFile[],
  applied: readonly AppliedMigration[],
  place: string,
): StartupError | null {
  for (const [index, was] of applied.entries()) {
    const file = files[index];
    if (was.no !== index + 1)
      return new StartupError('migration', `The database at ${place} lacks the migration ${index + 1}.`);
    if (file === undefined)
      return new StartupError(
        'database-newer',
        `The database at ${place} was made by a newer Fenghuo (it has ${was.name}): start that version, or restore a backup.`,
      );
    if (file.sha256 !== was.sha256)
      return new StartupError(
        'migration',
        `The migration ${file.name} was changed after it was applied to the database at ${place} (then ${was.name}): restore the file, changes belong in a new one.`,
      );
  }
  return null;
}

async function applyFile(owner: pg.Client, file: MigrationFile): Promise<void> {
  await owner.query('begin');
  try {
    await owner.query(file.text);
    await insertMigration(owner, file);
    await owner.query('commit');
  } catch (error) {
    await owner.query('rollback').catch(() => {});
    const message = error instanceof Error ? error.message : String(error);
    throw new StartupError('migration', `The migration ${file.name} failed: ${message}.`, { cause: error });
  }
}
