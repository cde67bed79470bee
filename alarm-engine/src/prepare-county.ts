import { access } from 'node:fs/promises';
import path from 'node:path';
import type { Pool } from 'pg';
import type { Logger } from 'pino';
import { ensureFirstBridge } from './access/credentials.ts';
import { ensureFirstAccounts } from './access/first-accounts.ts';
import { secretsPath } from './access/secrets-file.ts';
import { foundCounty } from './registry/found-county.ts';
import { importEstate } from './registry/import-estate.ts';
import type { Settings } from './settings.ts';
import { StartupError } from './startup-error.ts';
import { connectClient } from './store/pool.ts';

export interface PrepareCountyOptions {
  settings: Settings;
  pool: Pool;
  ownerUrl: string;
  serverKey: Buffer;
  dataFolder: string;
  log: Logger;
  tell: (sentence: string) => void;
}

/** Whoever generates the estate while we make the database writes this file when it is done. */
const completeMarker = 'complete.json';
const estateWithinMs = 120_000;

/** Sees to it that the county exists, has its estate, and has accounts. Does at later starts what is missing. */
export async function prepareCounty(options: PrepareCountyOptions): Promise<void> {
  const { settings, pool, serverKey, dataFolder } = options;
  const county = settings.FENGHUO_COUNTY;
  const known = await pool.query<{ demo: boolean }>('select demo from fenghuo.county where code = $1', [
    county,
  ]);
  if (known.rows.length === 0) await fillCounty(options, county);
  const { rows } = await pool.query<{ demo: boolean }>('select demo from fenghuo.county where code = $1', [
    county,
  ]);
  const demo = rows[0]?.demo ?? false;
  if (await ensureFirstAccounts({ pool, county, demo, dataFolder }))
    options.tell(`the first accounts and their passwords are in ${secretsPath(dataFolder)}`);
  await ensureFirstBridge({ db: pool, county, serverKey, demo }, dataFolder);
}

async function fillCounty(
  { settings, ownerUrl, log, tell }: PrepareCountyOptions,
  county: string,
): Promise<void> {
  const client = await connectClient({ url: ownerUrl, name: 'fenghuo-import' });
  try {
    const folder = settings.FENGHUO_ESTATE;
    if (folder === undefined) {
      await foundCounty(client, county);
      tell(`county ${county} is new and empty; devices that speak are listed for adoption`);
      return;
    }
    await estateComplete(folder);
    tell('loading the estate');
    await importEstate({ client, folder, log, onProgress: () => {} });
  } finally {
    await client.end();
  }
}

async function estateComplete(folder: string): Promise<void> {
  const marker = path.join(folder, completeMarker);
  for (const until = performance.now() + estateWithinMs; performance.now() < until; ) {
    const there = await access(marker).then(
      () => true,
      () => false,
    );
    if (there) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new StartupError('estate-invalid', `The estate in ${folder} is not complete: ${marker} is missing.`);
}
