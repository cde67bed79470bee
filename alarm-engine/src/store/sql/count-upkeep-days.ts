import type { UpkeepFigures } from '@fenghuo/contracts/upkeep.ts';
import type { Queryable } from '../queryable.ts';
import type { PeriodQuery } from './list-bad-actors.ts';

/** Live orders of an area that were opened and closed on each day of the county's calendar; days without any are left out. */
export async function countUpkeepDays(
  db: Queryable,
  query: PeriodQuery & { timeZone: string },
): Promise<UpkeepFigures['days']> {
  const { rows } = await db.query<UpkeepFigures['days'][number]>(
    `with period as (
       select to_timestamp($3::float8 / 1000) as start, to_timestamp($4::float8 / 1000) as stop
     ), happened as (
       select opened_at as at, 1 as opened, 0 as closed, 0 as resolved from fenghuo.upkeep, period
       where county = $1 and run is null and coalesce(area, '') like $2 and opened_at >= start and opened_at < stop
       union all
       select closed_at, 0, 1, (doc -> 'resolved' <> 'null')::int from fenghuo.upkeep, period
       where county = $1 and run is null and coalesce(area, '') like $2 and closed_at >= start and closed_at < stop
     )
     select to_char(at at time zone $5, 'YYYY-MM-DD') as day,
            sum(opened)::int as opened, sum(closed)::int as closed, sum(resolved)::int as resolved
     from happened group by 1 order by 1`,
    [query.county, query.areaPattern, query.from, query.to, query.timeZone],
  );
  return rows;
}
