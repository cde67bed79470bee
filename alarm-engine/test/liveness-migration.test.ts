import { randomBytes } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LastSeen } from '@fenghuo/gateway/liveness/last-seen.ts';
import { pino } from 'pino';
import { expect, inject, test } from 'vitest';
import { withDatabase } from '../src/store/connection-failure.ts';
import { migrate } from '../src/store/migrate.ts';
import { migrationFolder } from '../src/store/migration-files.ts';
import { connectClient } from '../src/store/pool.ts';
import { loadSeenPages } from '../src/store/sql/load-seen-pages.ts';
import { noon } from './records.ts';

test('a station that kept last seen in the device’s row: nothing of it is lost in the pages', async () => {
  const server = inject('testServer')!;
  const name = `fenghuo_test_${randomBytes(4).toString('hex')}`;
  const ownerUrl = withDatabase(server.ownerUrl, name);
  const urls = { ownerUrl, appUrl: withDatabase(server.appUrl, name), log: pino({ level: 'silent' }) };
  const folder = mkdtempSync(join(tmpdir(), 'fenghuo-sql-'));
  cpSync(migrationFolder, folder, { recursive: true });
  const files = readdirSync(folder).sort();
  for (const file of files.slice(files.findIndex((one) => one.endsWith('-liveness.sql'))))
    rmSync(join(folder, file));
  await migrate({ ...urls, folder });
  const owner = await connectClient({ url: ownerUrl, name: 'test owner' });
  await owner.query(
    `insert into fenghuo.county (code, name_zh, name_en, case_prefix, demo) values ('331081', '', '', 'WL', true)`,
  );
  await owner.query(
    `insert into fenghuo.device (no, id, county, type, adopted, last_seen_at)
     select no, 'D-' || no, '331081', 'smoke', true, case when no in (3, 255, 700) then to_timestamp($1::float8 / 1000 + no) end
     from generate_series(0, 700) as no`,
    [noon],
  );
  await migrate(urls);
  const seen = new LastSeen();
  for (const page of await loadSeenPages(owner)) seen.restore(page);
  const heard = Array.from({ length: 701 }, (_, no) => [no, seen.at(no)]).filter(([, at]) => at !== null);
  expect(heard).toEqual([3, 255, 700].map((no) => [no, noon + no * 1000]));
  const { rows } = await owner.query(
    `select fenghuo.seen_ms(p.seconds, d.no) as at from fenghuo.device d join fenghuo.seen_page p on p.no = d.no / 256
     where d.no in (254, 255, 700) order by d.no`,
  );
  expect(rows.map(({ at }) => at)).toEqual([null, noon + 255_000, noon + 700_000]);
  await owner.end();
  rmSync(folder, { recursive: true });
  const admin = await connectClient({ url: server.ownerUrl, name: 'test owner' });
  await admin.query(`drop database ${name} with (force)`);
  await admin.end();
});
