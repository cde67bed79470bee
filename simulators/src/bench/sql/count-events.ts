import type { ClientBase } from 'pg';

export interface EventCount {
  /** Acknowledged and not in the database. */
  lost: number;
  /** In the database more than once. */
  duplicated: number;
}

/** Holds the events of each `suspect` against what was acknowledged of it, one by one. */
export async function countEvents(db: ClientBase): Promise<EventCount> {
  const { rows } = await db.query<EventCount>(`
    with stored as (
      select e.device, round(e.value * 1000) as seq, count(*) as copies
      from fenghuo.event e join suspect using (device) where e.run = '' group by 1, 2
    ), due as (
      select * from wanted w where device is null or exists (select from suspect s where s.device = w.device)
    )
    select (select coalesce(sum(last_seq - first_seq + 1), 0) from due)
           - (select count(*) from stored s join due d on s.device = d.device and s.seq between d.first_seq and d.last_seq)
             as lost,
           (select coalesce(sum(copies - 1), 0) from stored)::float8 as duplicated`);
  return rows[0]!;
}
