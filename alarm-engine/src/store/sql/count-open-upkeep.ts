import type { UpkeepFigures } from '@fenghuo/contracts/upkeep.ts';
import type { EventKind } from '@fenghuo/contracts/words.ts';
import type { Queryable } from '../queryable.ts';

/** Open, live orders of an area by kind and by age at `now`. */
export interface OpenUpkeepRow {
  kind: EventKind;
  age: keyof NonNullable<UpkeepFigures['open']['byKindAndAge'][EventKind]>;
  count: number;
  assigned: number;
  overdue: number;
}

export async function countOpenUpkeep(
  db: Queryable,
  query: { county: string; areaPattern: string; now: number },
): Promise<OpenUpkeepRow[]> {
  const { rows } = await db.query<OpenUpkeepRow>(
    `select kind,
            case when opened_at > now.at - interval '1 day' then 'day'
                 when opened_at > now.at - interval '7 days' then 'week'
                 when opened_at > now.at - interval '30 days' then 'month'
                 else 'older' end as age,
            count(*)::int as count, count(unit)::int as assigned,
            (count(*) filter (where due_at < now.at))::int as overdue
     from fenghuo.upkeep, (select to_timestamp($3::float8 / 1000) as at) as now
     where county = $1 and run is null and closed_at is null and coalesce(area, '') like $2
     group by 1, 2`,
    [query.county, query.areaPattern, query.now],
  );
  return rows;
}
