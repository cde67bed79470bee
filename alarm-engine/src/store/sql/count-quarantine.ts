import type { Queryable } from '../queryable.ts';

/** How many messages are quarantined, by reason. */
export async function countQuarantine(db: Queryable, county: string): Promise<Record<string, number>> {
  const { rows } = await db.query<{ reason: string; count: string }>(
    'select reason, count(*) from fenghuo.quarantine where county = $1 group by reason',
    [county],
  );
  return Object.fromEntries(rows.map((row) => [row.reason, Number(row.count)]));
}
