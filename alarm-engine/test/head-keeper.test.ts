import { appendFile } from 'node:fs/promises';
import path from 'node:path';
import type { Client } from 'pg';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { HeadKeeper } from '../src/audit/head-keeper.ts';
import { readHeads } from '../src/audit/heads-file.ts';
import { connectClient } from '../src/store/pool.ts';
import { fillRecord } from './audit-rows.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { noon } from './records.ts';
import { county } from './small-county.ts';
import { makeTemporaryFolder, type TemporaryFolder } from './temporary-folder.ts';

let database: TestDatabase;
let db: Client;
let folder: TemporaryFolder;
beforeAll(async () => {
  database = await createTestDatabase();
  db = await connectClient({ url: database.ownerUrl, name: 'owner' });
  folder = makeTemporaryFolder();
});
afterAll(async () => {
  await db.end();
  await database.drop();
  await folder.remove();
});

const day = 24 * 3_600_000;
let now = noon;
const log: { level: number; kept?: number }[] = [];

async function whileKept(work: (keeper: HeadKeeper) => Promise<void>): Promise<string[]> {
  const file = path.join(folder.path, 'audit-heads.ndjson');
  const logger = pino({ level: 'error' }, { write: (line: string) => void log.push(JSON.parse(line)) });
  const keeper = new HeadKeeper({
    db,
    county,
    file,
    timeZone: 'Asia/Shanghai',
    clock: () => now,
    log: logger,
  });
  await keeper.start();
  await work(keeper);
  await keeper.stop();
  return ((await readHeads(file, county)) ?? []).map(({ no, because }) => `${no} ${because}`);
}

const rewrite = async (batches: number) => {
  await db.query('truncate fenghuo.audit, fenghuo.audit_link');
  await fillRecord(db, { batches, rows: 10 });
};

test('empty → first row of the day → stop → next day → a line cut short → the end cut off', async () => {
  expect(await whileKept(async () => {})).toEqual([]);
  await rewrite(2);
  expect(await whileKept(async () => {})).toEqual(['20 day']);
  expect(await whileKept(() => rewrite(3))).toEqual(['20 day', '30 stop']);
  now += day;
  expect(await whileKept(async () => {})).toEqual(['20 day', '30 stop', '30 day']);
  await appendFile(path.join(folder.path, 'audit-heads.ndjson'), '{"county":"331081","a');
  expect(await whileKept(() => rewrite(4))).toEqual(['20 day', '30 stop', '30 day', '40 stop']);
  expect(log).toEqual([]);
  await rewrite(1);
  expect(await whileKept(async () => {})).toHaveLength(4);
  expect(log[0]).toMatchObject({ level: 60, kept: 40, found: 10 });
});
