import type { AlarmRecord } from '@fenghuo/contracts/records.ts';
import type { Queryable } from '../queryable.ts';

/** Alarms of an incident, the oldest first, at most `limit`, and how many there are. */
export async function listCaseAlarms(
  db: Queryable,
  { incident, limit }: { incident: string; limit: number },
): Promise<{ alarms: AlarmRecord[]; count: number }> {
  const { rows } = await db.query<{ doc: AlarmRecord; count: number }>(
    `select doc, (count(*) over ())::int as count from fenghuo.alarm
     where incident = $1 order by raised_at, id limit $2`,
    [incident, limit],
  );
  return { alarms: rows.map(({ doc }) => doc), count: rows[0]?.count ?? 0 };
}
