import { existsSync } from 'node:fs';
import { chmod, chown, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { StartupError } from '../startup-error.ts';
import { type Cluster, dataFolderOf, runPostgresProgram } from './postmaster.ts';
import { programFailure } from './startup-failures.ts';

/** Owner of the cluster and of the database in it; migrations run as this user. */
export const ownerName = 'fenghuo_owner';

/** The folder of the cluster and the one for its log, owned by the user that Postgres runs as. */
export async function makeClusterFolders({ folder, user }: Pick<Cluster, 'folder' | 'user'>): Promise<void> {
  for (const path of [folder, join(folder, 'log')]) {
    await mkdir(path, { recursive: true });
    await chmod(path, 0o700);
    if (user !== null) await chown(path, user.uid, user.gid);
  }
}

export const isMade = (cluster: Cluster) => existsSync(join(dataFolderOf(cluster), 'PG_VERSION'));

/**
 * Runs initdb (about 1.1 s, most of it on the disk). It works under a passing name, so that one that was
 * broken off is never taken for a database.
 */
export async function makeCluster(cluster: Cluster, ownerPassword: string): Promise<void> {
  const making = join(cluster.folder, 'data.making');
  const passwordFile = join(cluster.folder, 'password');
  await rm(making, { recursive: true, force: true });
  await writeFile(passwordFile, `${ownerPassword}\n`, { mode: 0o600 });
  if (cluster.user !== null) await chown(passwordFile, cluster.user.uid, cluster.user.gid);
  const end = await runPostgresProgram(cluster, 'initdb', [
    ...['--pgdata', making, '--username', ownerName, '--pwfile', passwordFile, '--auth', 'scram-sha-256'],
    ...['--encoding', 'UTF8', '--locale', 'C', '--locale-provider', 'builtin', '--builtin-locale', 'C.UTF-8'],
    ...['--data-checksums', '--no-instructions'],
  ]);
  await rm(passwordFile, { force: true });
  if (end.code !== 0) throw programFailure({ doing: 'making the database', output: end.output });
  await rename(making, dataFolderOf(cluster));
}

/** Refuses a cluster of another major version: its files can only be read by that version. */
export async function checkMajorVersion(cluster: Cluster): Promise<void> {
  const version = (await readFile(join(dataFolderOf(cluster), 'PG_VERSION'), 'utf8')).trim();
  if (version === String(cluster.binaries.major)) return;
  throw new StartupError(
    'database-version',
    `The database in ${dataFolderOf(cluster)} was made by Postgres ${version}, and this Fenghuo brings Postgres ${cluster.binaries.major}: dump it with the old version and load it with the new one.`,
  );
}
