import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Client } from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { appendHead } from '../src/audit/heads-file.ts';
import type { AuditHead } from '../src/audit/verify-chain.ts';
import { verifyRecord } from '../src/audit/verify-record.ts';
import { connectClient } from '../src/store/pool.ts';
import { fillRecord } from './audit-rows.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { noon } from './records.ts';
import { county } from './small-county.ts';
import { makeTemporaryFolder, type TemporaryFolder } from './temporary-folder.ts';

let database: TestDatabase;
let owner: Client;
let heads: AuditHead[];
beforeAll(async () => {
  database = await createTestDatabase();
  owner = await connectClient({ url: database.ownerUrl, name: 'bender' });
});
afterAll(async () => {
  await owner.end();
  await database.drop();
});
beforeEach(async () => {
  await owner.query('truncate fenghuo.audit, fenghuo.audit_link, fenghuo.audit_personal');
  heads = await fillRecord(owner, { batches: 4, rows: 3 });
});

const verify = (kept: AuditHead[] = []) => verifyRecord({ db: owner, county, heads: kept });

test('a record as the writer leaves it holds, and meets the heads that were kept', async () => {
  const [, second, , last] = heads;
  const verdict = await verify([last!, second!]);
  expect(verdict).toEqual({ county, fault: null, rows: 12, links: 4, heads: 2, head: last });
});

test('a county with an empty record holds', async () => {
  const verdict = await verifyRecord({ db: owner, county: '999999', heads: [] });
  expect(verdict).toMatchObject({ fault: null, rows: 0, links: 0 });
});

/** Done by one who owns the tables, without a kept head: `where` is the row or link that must be named. */
describe.each<
  [what: string, done: string[], kind: string, batch: number | null, fromNo: number, toNo: number]
>([
  ['a reason bent', [`update fenghuo.audit set reason = '误报' where no = 5`], 'bent-row', 20, 4, 6],
  [
    'a time bent by a millisecond',
    [`update fenghuo.audit set at = at + interval '1 ms' where no = 7`],
    'bent-row',
    30,
    7,
    9,
  ],
  ['a null bent to empty', [`update fenghuo.audit set run = '' where no = 1`], 'bent-row', 10, 1, 3],
  ['the first row deleted', ['delete from fenghuo.audit where no = 1'], 'missing-row', 10, 1, 1],
  ['two rows of a batch deleted', ['delete from fenghuo.audit where no in (4, 5)'], 'missing-row', 20, 4, 5],
  ['the last row of a batch deleted', ['delete from fenghuo.audit where no = 6'], 'missing-row', 20, 6, 6],
  ['the last row of all deleted', ['delete from fenghuo.audit where no = 12'], 'missing-row', 40, 12, 12],
  ['every row deleted', ['delete from fenghuo.audit'], 'missing-row', 10, 1, 3],
  [
    'a row filed under another batch',
    ['update fenghuo.audit set batch = 30 where no = 6'],
    'bent-row',
    20,
    6,
    6,
  ],
  ['a link deleted', ['delete from fenghuo.audit_link where batch = 20'], 'missing-link', 20, 4, 6],
  ['the first link deleted', ['delete from fenghuo.audit_link where batch = 10'], 'missing-link', 10, 1, 3],
  ['the last link deleted', ['delete from fenghuo.audit_link where batch = 40'], 'missing-link', 40, 10, 10],
  ['every link deleted', ['delete from fenghuo.audit_link'], 'missing-link', 10, 1, 1],
  [
    'a whole batch deleted',
    ['delete from fenghuo.audit where batch = 20', 'delete from fenghuo.audit_link where batch = 20'],
    'missing-row',
    null,
    4,
    6,
  ],
  [
    'a digest bent',
    [`update fenghuo.audit_link set digest = '\\x00' where batch = 20`],
    'bent-link',
    20,
    4,
    6,
  ],
  [
    'a previous digest bent',
    [`update fenghuo.audit_link set previous = '\\x00' where batch = 20`],
    'bent-link',
    20,
    4,
    6,
  ],
  [
    'the range of a link widened',
    ['update fenghuo.audit_link set last_no = 900 where batch = 20'],
    'bent-row',
    20,
    7,
    7,
  ],
  [
    'the range of a link narrowed',
    ['update fenghuo.audit_link set last_no = 5 where batch = 20'],
    'bent-row',
    20,
    4,
    5,
  ],
  [
    'two rows swapped',
    [
      'update fenghuo.audit set no = -no where no in (4, 5)',
      'update fenghuo.audit set no = 9 + no where no < 0',
    ],
    'bent-row',
    20,
    4,
    6,
  ],
  [
    'a row added at the end',
    [
      `insert into fenghuo.audit select county, 13, 50, at, actor, role, seat, act, subject, area, run, reason, detail
       from fenghuo.audit where no = 12`,
    ],
    'missing-link',
    50,
    13,
    13,
  ],
])('%s', (_, done, kind, batch, fromNo, toNo) => {
  test('is named', async () => {
    for (const statement of done) await owner.query(statement);
    const { fault } = await verify();
    expect(fault).toMatchObject({ kind, batch, fromNo, toNo });
    expect(fault?.message.zh).not.toBe('');
  });
});

test('batches cut off the end with their links → only a kept head tells', async () => {
  await owner.query('delete from fenghuo.audit where no > 6');
  await owner.query('delete from fenghuo.audit_link where batch > 20');
  expect((await verify()).fault).toBeNull();
  expect((await verify([heads[1]!])).fault).toBeNull();
  const { fault, rows } = await verify([heads[0]!, heads[3]!]);
  expect(fault).toMatchObject({ kind: 'cut-end', fromNo: 7, toNo: 12 });
  expect(rows).toBe(6);
});

test('cut, then written on with sound links → the kept head tells', async () => {
  await owner.query('truncate fenghuo.audit, fenghuo.audit_link');
  await fillRecord(owner, { batches: 6, rows: 3, of: (no) => (no === 8 ? { reason: 'another' } : {}) });
  expect((await verify()).fault).toBeNull();
  expect((await verify([heads[1]!])).fault).toBeNull();
  expect((await verify(heads)).fault).toMatchObject({ kind: 'other-head', fromNo: 9 });
});

test('written anew in batches of another size → the kept head lies within a link, and tells', async () => {
  await owner.query('truncate fenghuo.audit, fenghuo.audit_link');
  await fillRecord(owner, { batches: 3, rows: 4 });
  expect((await verify([heads[0]!])).fault).toMatchObject({ kind: 'other-head', fromNo: 3 });
});

describe('the command', () => {
  let folder: TemporaryFolder;
  beforeAll(() => {
    folder = makeTemporaryFolder();
  });
  afterAll(() => folder.remove());

  const script = path.resolve(import.meta.dirname, '../src/audit.ts');
  async function audit(...given: string[]): Promise<{ code: number; said: string }> {
    const environment = {
      PATH: process.env.PATH,
      FENGHUO_DATA: folder.path,
      FENGHUO_DATABASE_URL: database.appUrl,
    };
    const run = promisify(execFile)(process.execPath, [script, ...given], {
      env: { ...environment, FENGHUO_OWNER_DATABASE_URL: database.ownerUrl },
    });
    return run.then(
      ({ stdout }) => ({ code: 0, said: stdout }),
      ({ code, stdout, stderr }) => ({ code, said: stdout + stderr }),
    );
  }

  test('holds → bent → cut off, by the heads file, by a head on paper', async () => {
    const kept = { county, at: noon, because: 'day' as const };
    const [first, , , last] = heads;
    await appendHead(path.join(folder.path, 'audit-heads.ndjson'), { ...kept, ...first! });
    const paper = path.join(folder.path, 'elsewhere.ndjson');
    await appendHead(paper, { ...kept, ...last! });
    const head = await audit('head');
    expect(head).toEqual({ code: 0, said: `${last!.no}:${last!.digest}\n` });
    const holds = await audit('verify', '--json');
    expect(holds.code).toBe(0);
    expect(JSON.parse(holds.said)).toMatchObject({ ok: true, rows: 12, links: 4, heads: 1, fault: null });
    await owner.query('delete from fenghuo.audit where no > 6');
    await owner.query('delete from fenghuo.audit_link where batch > 20');
    expect((await audit('verify')).code).toBe(0);
    for (const by of [
      ['--heads', paper],
      ['--head', head.said.trim()],
    ]) {
      const cut = await audit('verify', ...by);
      expect(cut.code).toBe(1);
      expect(cut.said).toContain('the record ends at row 6, and a kept head names row 12');
    }
    await owner.query(`update fenghuo.audit set actor = 'nobody' where no = 2`);
    const bent = await audit('verify', '--json');
    expect(bent.code).toBe(1);
    expect(JSON.parse(bent.said)).toMatchObject({ ok: false, fault: { kind: 'bent-row', batch: 10 } });
  });

  test('what cannot be looked at is neither sound nor broken', async () => {
    await writeFile(path.join(folder.path, 'bent.ndjson'), '{"no":1}\n');
    for (const given of [
      ['--heads', path.join(folder.path, 'none')],
      ['--head', '12:00'],
      ['--wrong'],
      ['--heads', path.join(folder.path, 'bent.ndjson')],
    ])
      expect((await audit('verify', ...given)).code).toBe(2);
    expect((await audit('verify', '--database-url', 'postgres://nobody@127.0.0.1:1/none')).code).toBe(2);
    expect((await audit('prove')).code).toBe(2);
  });
});
