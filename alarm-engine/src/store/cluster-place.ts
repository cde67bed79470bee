import { createHash, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, mkdir, readdir } from 'node:fs/promises';
import { isAbsolute, join, resolve } from 'node:path';
import type { Logger } from 'pino';
import { StartupError } from '../startup-error.ts';
import type { DatabaseFile } from './database-file.ts';
import { claimFolder } from './folder-claim.ts';
import { makeClusterFolders } from './make-cluster.ts';
import { copyBinaries, hasAllLinks, packagedBinaries } from './postgres-binaries.ts';
import { type Cluster, findPostmaster, stopPostmaster } from './postmaster.ts';
import { chooseServiceUser } from './service-user.ts';

export interface ClusterWish {
  /** The data folder, as a real path. */
  folder: string;
  /** What `database.json` says; null when there is none yet. */
  known: DatabaseFile | null;
  systemFolder: string;
  log: Logger;
}

/**
 * Decides where the cluster lies, who runs it and from which binaries, and makes its folders. An ordinary
 * user has it in the data folder and runs the binaries where npm put them. For root it lies in the system
 * folder with a copy of the binaries, since the service user cannot enter a closed home; its name is new
 * each time, so that a data folder that was thrown away, or is not mounted today, never loses a cluster.
 */
export function placeCluster(wish: ClusterWish): Promise<Cluster> {
  return process.getuid?.() === 0 ? placeForRoot(wish) : placeForUser(wish);
}

/** As it stands in `database.json`. */
export function clusterEntry({ folder }: Cluster): string {
  return process.getuid?.() === 0 ? folder : ownFolder;
}

const ownFolder = 'postgres';

async function placeForUser({ folder, known }: ClusterWish): Promise<Cluster> {
  if (known !== null && isAbsolute(known.cluster))
    throw new StartupError(
      'folder',
      `The database of ${folder} was made by root and lies in ${known.cluster}: start Fenghuo as root.`,
    );
  const packaged = await packagedBinaries();
  const cluster = { folder: resolve(folder, known?.cluster ?? ownFolder), user: null };
  await makeClusterFolders(cluster);
  const binaries = (await hasAllLinks(packaged)) ? packaged : await copyBinaries(packaged, cluster.folder);
  return { ...cluster, binaries };
}

async function placeForRoot({ folder, known, systemFolder, log }: ClusterWish): Promise<Cluster> {
  if (existsSync(join(folder, known?.cluster ?? ownFolder)) && !isAbsolute(known?.cluster ?? ownFolder))
    throw new StartupError(
      'folder',
      `The database in ${join(folder, ownFolder)} was made by an ordinary user: start Fenghuo as that user.`,
    );
  await mkdir(systemFolder, { recursive: true });
  await chmod(systemFolder, 0o755);
  const binaries = await copyBinaries(await packagedBinaries(), systemFolder);
  const mark = createHash('sha256').update(folder).digest('hex').slice(0, 12);
  const ours = known?.cluster ?? join(systemFolder, `${mark}-${randomBytes(3).toString('hex')}`);
  const cluster = { folder: ours, binaries, user: await chooseServiceUser(ours, log) };
  if (known === null) await leaveOldClusters({ systemFolder, mark, binaries, log });
  await makeClusterFolders(cluster);
  return cluster;
}

interface OldClusters extends Pick<ClusterWish, 'systemFolder' | 'log'>, Pick<Cluster, 'binaries'> {
  mark: string;
}

/** Clusters of this data folder from before it was thrown away: kept and told of, but not left running. */
async function leaveOldClusters({ systemFolder, mark, binaries, log }: OldClusters): Promise<void> {
  for (const name of await readdir(systemFolder)) {
    if (!name.startsWith(`${mark}-`)) continue;
    const folder = join(systemFolder, name);
    log.warn({ folder }, 'an older database of this data folder remains; delete it if nobody needs it');
    const cluster = { folder, binaries, user: await chooseServiceUser(folder, log) };
    if ((await findPostmaster(cluster)) === null) continue;
    const claim = await claimFolder(folder);
    await stopPostmaster(cluster);
    await claim.release();
  }
}
