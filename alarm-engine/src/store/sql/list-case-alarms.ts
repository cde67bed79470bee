import type { AlarmRecord } from '@fenghuo/contracts/records.ts';
import type { Queryable } from '../queryable.ts';

/** Alarms of some incidents, the oldest first, at most `limit`, and how many there are. */
export async function listCaseAlarms(
  db: Queryable,
  { incidents, limit }: { incidents: readonly string[]; limit: number },
): Promise<{ alarms: AlarmRecord[]; count: number }> {
  const { rows } = await db.query<{ doc: AlarmRecord; count: number }>(
    `select doc, (count(*) over ())::int as count from fenghuo.alarm
     where incident = any ($1) order by raised_at, id limit $2`,
    [incidents, limit],
  );
  return { alarms: rows.map(({ doc }) => doc), count: rows[0]?.count ?? 0 };
}
