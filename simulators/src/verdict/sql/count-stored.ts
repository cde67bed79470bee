import type { ClientBase } from 'pg';

export interface StoredCount {
  /** Messages of the ledger that are there, once or more. */
  stored: number;
  /** Acknowledged, and not there. */
  lost: number;
  /** Copies beyond the first. */
  duplicated: number;
  /** There, though nobody was told so. */
  unasked: number;
}

/**
 * Holds the ledger against the events, one by one. What supervision found itself is no copy: an event of silence bears
 * the time at which its device was last heard, and so may meet the device's own message of that millisecond.
 */
export async function countStored(db: ClientBase): Promise<StoredCount> {
  const { rows } = await db.query<StoredCount>(`
    with found as (
      select l.acknowledged, (select count(*) from fenghuo.event e
                              where e.device = d.no and e.at = l.at and e.run = l.run
                                and e.kind not in ('silent', 'stuck')) as copies
      from ledger l left join fenghuo.device d on d.id = l.device
    )
    select count(*) filter (where copies > 0)::float8 as stored,
           count(*) filter (where copies = 0 and acknowledged)::float8 as lost,
           coalesce(sum(copies - 1) filter (where copies > 1), 0)::float8 as duplicated,
           count(*) filter (where copies > 0 and not acknowledged)::float8 as unasked
    from found`);
  return rows[0]!;
}
