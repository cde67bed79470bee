import { expect, test } from 'vitest';
import { findRulebookFile } from '../src/store/sql/find-rulebook-file.ts';
import { databaseBefore } from './database-before.ts';

test('faults of a rulebook file seen before: they stand as they were said, in the order of their lines; a sound file has none', async () => {
  await using before = await databaseBefore('-rulebook-file-faults.sql');
  const { owner } = before;
  await owner.query(`insert into fenghuo.county (code, name_zh, name_en, case_prefix, demo)
    values ('331082', '', '', 'LH', true)`);
  const place = { column: 3, path: 'rules.smoke' };
  const said = [
    { ...place, line: 9, message: 'is not known here' },
    { ...place, line: 12, message: 'is no name' },
  ];
  await owner.query(
    `insert into fenghuo.rulebook_file (county, path, digest, seen_at, errors)
      values ('331081', 'book.yaml', 'a', now(), $1), ('331082', 'book.yaml', 'b', now(), '[]')`,
    [JSON.stringify(said)],
  );
  await before.migrateOn();
  const both = (text: string) => ({ zh: text, en: text });
  expect(await findRulebookFile(owner, '331081')).toMatchObject({
    errors: said.map((fault) => ({ ...fault, message: both(fault.message) })),
  });
  expect(await findRulebookFile(owner, '331082')).toMatchObject({ errors: [] });
});
