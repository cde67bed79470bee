import { access } from 'node:fs/promises';
import path from 'node:path';
import type { Pool } from 'pg';
import type { Logger } from 'pino';
import { ensureFirstBridge } from './access/credentials.ts';
import { ensureFirstAccounts } from './access/first-accounts.ts';
import { secretsPath } from './access/secrets-file.ts';
import { foundCounty } from './registry/found-county.ts';
import { importEstate } from './registry/import-estate.ts';
import { digestOfRulebook } from './rules/rulebook-digest.ts';
import type { Settings } from './settings.ts';
import { shippedRulebook } from './shipped-rulebook.ts';
import { shippedWorkflow } from './shipped-workflows.ts';
import { StartupError } from './startup-error.ts';
import { connectClient } from './store/pool.ts';
import type { Queryable } from './store/queryable.ts';
import { insertShippedRulebook } from './store/sql/insert-shipped-rulebook.ts';
import { insertShippedWorkflow } from './store/sql/insert-shipped-workflow.ts';

export interface PrepareCountyOptions {
  settings: Settings;
  pool: Pool;
  ownerUrl: string;
  serverKey: Buffer;
  dataFolder: string;
  log: Logger;
  tell: (sentence: string) => void;
}

/** Whoever generates an estate while we make the database writes this file last. */
const lastFile = 'county.json';
const estateWithinMs = 120_000;

/** Sees to it that the county exists, has its estate, a rulebook, a workflow and accounts. Does at later starts what is missing. */
export async function prepareCounty(options: PrepareCountyOptions): Promise<void> {
  const { settings, pool, serverKey, dataFolder } = options;
  const county = settings.FENGHUO_COUNTY;
  const demo = (await findCounty(pool, county)) ?? (await fillCounty(options, county));
  const shipped = shippedRulebook().text;
  await insertShippedRulebook(pool, { county, text: shipped, digest: digestOfRulebook(shipped) });
  const { workflow, text } = shippedWorkflow();
  await insertShippedWorkflow(pool, { county, workflow, text, digest: digestOfRulebook(text) });
  if (await ensureFirstAccounts({ pool, county, demo, dataFolder }))
    options.tell(`the first accounts and their passwords are in ${secretsPath(dataFolder)}`);
  await ensureFirstBridge({ db: pool, county, serverKey, demo }, dataFolder);
}

/** Whether the county is a demo; null when it is not there. */
async function findCounty(db: Queryable, county: string): Promise<boolean | null> {
  const { rows } = await db.query<{ demo: boolean }>('select demo from fenghuo.county where code = $1', [
    county,
  ]);
  return rows[0]?.demo ?? null;
}

async function fillCounty(
  { settings, ownerUrl, log, tell }: PrepareCountyOptions,
  county: string,
): Promise<boolean> {
  const client = await connectClient({ url: ownerUrl, name: 'fenghuo-import' });
  try {
    const folder = settings.FENGHUO_ESTATE;
    if (folder === undefined) {
      await foundCounty(client, county);
      tell(`county ${county} is new and empty; devices that speak are listed for adoption`);
      return false;
    }
    await estateComplete(folder, tell);
    tell('loading the estate');
    const imported = await importEstate({ client, folder, log, onProgress: () => {} });
    if (imported.county.code === county) return imported.county.demo;
    const other = `The estate in ${folder} is of county ${imported.county.code}; set FENGHUO_COUNTY to it.`;
    throw new StartupError('estate-clash', other);
  } finally {
    await client.end();
  }
}

async function estateComplete(folder: string, tell: (sentence: string) => void): Promise<void> {
  const marker = path.join(folder, lastFile);
  let told = false;
  for (const until = performance.now() + estateWithinMs; performance.now() < until; ) {
    const there = await access(marker).then(
      () => true,
      () => false,
    );
    if (there) return;
    if (!told) tell(`waiting for the estate in ${folder}`);
    told = true;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new StartupError('estate-invalid', `The estate in ${folder} is not complete: ${marker} is missing.`);
}
