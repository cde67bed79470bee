import type { Queryable } from '../queryable.ts';

/** Units that have not read an open broadcast yet. */
export async function listUnreadBroadcasts(
  db: Queryable,
  county: string,
): Promise<{ broadcast: string; unit: string }[]> {
  const { rows } = await db.query<{ broadcast: string; unit: string }>(
    `select u.broadcast, u.unit from fenghuo.broadcast_unit u
     join fenghuo.broadcast b on b.id = u.broadcast
     where b.county = $1 and b.closed_at is null and u.read_at is null order by u.broadcast, u.unit`,
    [county],
  );
  return rows;
}
