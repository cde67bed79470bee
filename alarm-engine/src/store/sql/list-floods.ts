import type { FloodRecord } from '@fenghuo/contracts/records.ts';
import type { Queryable } from '../queryable.ts';
import type { PeriodQuery } from './list-bad-actors.ts';

/** Floods of the rooms of an area that were open in a period, live, the newest first. */
export async function listFloods(db: Queryable, query: PeriodQuery): Promise<FloodRecord[]> {
  const { rows } = await db.query<{ doc: FloodRecord }>(
    `select doc from fenghuo.flood
     where county = $1 and run is null and area like $2 and opened_at < to_timestamp($4::float8 / 1000)
       and (closed_at is null or closed_at >= to_timestamp($3::float8 / 1000))
     order by opened_at desc, id limit 1000`,
    [query.county, query.areaPattern, query.from, query.to],
  );
  return rows.map((row) => row.doc);
}
