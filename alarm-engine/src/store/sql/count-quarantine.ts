import type { Queryable } from '../queryable.ts';

export interface QuarantineCounts {
  byReason: Record<string, number>;
  lastDayByReason: Record<string, number>;
}

/** How many messages are in quarantine, by reason, of all times and of the last 24 hours before `now`. */
export async function countQuarantine(db: Queryable, county: string, now: number): Promise<QuarantineCounts> {
  const { rows } = await db.query<{ reason: string; count: number; lastDay: number }>(
    `select reason, count(*) as count,
            count(*) filter (where received_at > to_timestamp($2::float8 / 1000) - interval '24 hours') as "lastDay"
     from fenghuo.quarantine where county = $1 group by reason`,
    [county, now],
  );
  const recent = rows.filter(({ lastDay }) => Number(lastDay) > 0);
  return {
    byReason: Object.fromEntries(rows.map(({ reason, count }) => [reason, Number(count)])),
    lastDayByReason: Object.fromEntries(recent.map(({ reason, lastDay }) => [reason, Number(lastDay)])),
  };
}
