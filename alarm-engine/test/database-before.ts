import { randomBytes } from 'node:crypto';
import { cpSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from 'pg';
import { pino } from 'pino';
import { inject } from 'vitest';
import { withDatabase } from '../src/store/connection-failure.ts';
import { migrate } from '../src/store/migrate.ts';
import { migrationFolder } from '../src/store/migration-files.ts';
import { connectClient } from '../src/store/pool.ts';
import { makeTemporaryFolder } from './temporary-folder.ts';

export interface DatabaseBefore extends AsyncDisposable {
  owner: Client;
  /** Brings it to the present. */
  migrateOn: () => Promise<unknown>;
}

/** A database with a county and nothing else, as a station had it before a migration, which is named by how its file ends. */
export async function databaseBefore(migration: string): Promise<DatabaseBefore> {
  const server = inject('testServer')!;
  const name = `fenghuo_test_${randomBytes(4).toString('hex')}`;
  const ownerUrl = withDatabase(server.ownerUrl, name);
  const urls = { ownerUrl, appUrl: withDatabase(server.appUrl, name), log: pino({ level: 'silent' }) };
  const folder = makeTemporaryFolder();
  cpSync(migrationFolder, folder.path, { recursive: true });
  const files = readdirSync(folder.path).sort();
  for (const file of files.slice(files.findIndex((one) => one.endsWith(migration))))
    rmSync(join(folder.path, file));
  await migrate({ ...urls, folder: folder.path });
  const owner = await connectClient({ url: ownerUrl, name: 'test owner' });
  await owner.query(
    `insert into fenghuo.county (code, name_zh, name_en, case_prefix, demo) values ('331081', '', '', 'WL', true)`,
  );
  return {
    owner,
    migrateOn: () => migrate(urls),
    [Symbol.asyncDispose]: async () => {
      await owner.end();
      await folder.remove();
      const admin = await connectClient({ url: server.ownerUrl, name: 'test owner' });
      await admin.query(`drop database ${name} with (force)`);
      await admin.end();
    },
  };
}
