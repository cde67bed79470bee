import type { RollupPart, RollupTable } from '@fenghuo/contracts/history.ts';
import type { Queryable } from '../queryable.ts';

export interface RollupWish {
  county: string;
  areaPattern: string;
  of: 'events' | 'alarms';
  step: 'hour' | 'day' | 'whole';
  by: readonly RollupPart[];
  /** Ms. */
  from: number;
  to: number;
  /** Empty: live. */
  run: string;
  timeZone: string;
  limit: number;
}

const tables = { events: 'event_hour', alarms: 'alarm_hour' };
const starts = {
  hour: 'hour',
  day: `date_trunc('day', hour, $7)`,
  whole: 'null::timestamptz',
};

/** Sums of counted hours. A day begins at midnight in the time zone. */
export async function readRollup(db: Queryable, wish: RollupWish): Promise<RollupTable['rows']> {
  const parts = wish.by.map((part) => `, ${part}`).join('');
  const { rows } = await db.query<RollupTable['rows'][number]>(
    `select (extract(epoch from start) * 1000)::float8 as at${parts}, sum(${wish.of})::float8 as count
     from (select ${starts[wish.step]} as start, * from fenghuo.${tables[wish.of]}
           where county = $1 and area like $2 and run = $3 and $7::text is not null
             and hour >= to_timestamp($4::float8 / 1000) and hour < to_timestamp($5::float8 / 1000)) as hours
     group by start${parts} order by start${parts} limit $6`,
    [wish.county, wish.areaPattern, wish.run, wish.from, wish.to, wish.limit, wish.timeZone],
  );
  return rows;
}
