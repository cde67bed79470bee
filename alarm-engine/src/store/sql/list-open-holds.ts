import type { HoldRecord } from '@fenghuo/contracts/records.ts';
import type { Queryable } from '../queryable.ts';

/** Open holds of an area, those that end first at the head. */
export async function listOpenHolds(
  db: Queryable,
  query: { county: string; areaPattern: string },
): Promise<HoldRecord[]> {
  const { rows } = await db.query<{ doc: HoldRecord }>(
    `select doc from fenghuo.hold
     where county = $1 and ended_at is null and coalesce(area, '') like $2
     order by fenghuo.ms(doc, 'until'), id`,
    [query.county, query.areaPattern],
  );
  return rows.map((row) => row.doc);
}
