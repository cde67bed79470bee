import { LastSeen } from '@fenghuo/gateway/liveness/last-seen.ts';
import { expect, test } from 'vitest';
import { loadSeenPages } from '../src/store/sql/load-seen-pages.ts';
import { databaseBefore } from './database-before.ts';
import { noon } from './records.ts';

test('a station that kept last seen in the device’s row: nothing of it is lost in the pages', async () => {
  await using before = await databaseBefore('-liveness.sql');
  const { owner, migrateOn } = before;
  await owner.query(
    `insert into fenghuo.device (no, id, county, type, adopted, last_seen_at)
     select no, 'D-' || no, '331081', 'smoke', true, case when no in (3, 255, 700) then to_timestamp($1::float8 / 1000 + no) end
     from generate_series(0, 700) as no`,
    [noon],
  );
  await migrateOn();
  const seen = new LastSeen();
  for (const page of await loadSeenPages(owner)) seen.restore(page);
  const heard = Array.from({ length: 701 }, (_, no) => [no, seen.at(no)]).filter(([, at]) => at !== null);
  expect(heard).toEqual([3, 255, 700].map((no) => [no, noon + no * 1000]));
  const { rows } = await owner.query(
    `select fenghuo.seen_ms(p.seconds, d.no) as at from fenghuo.device d join fenghuo.seen_page p on p.no = d.no / 256
     where d.no in (254, 255, 700) order by d.no`,
  );
  expect(rows.map(({ at }) => at)).toEqual([null, noon + 255_000, noon + 700_000]);
});
