import type { Queryable } from '../queryable.ts';

/**
 * How this database stores events: `timescale` when `fenghuo.event` is a view; `undecided` while it has neither days
 * nor events, as the migrations leave it; else `plain`.
 */
export async function findEventStorage(db: Queryable): Promise<'undecided' | 'plain' | 'timescale'> {
  const { rows } = await db.query<{ storage: 'undecided' | 'plain' | 'timescale' }>(`
    select case
      when relkind = 'v' then 'timescale'
      when exists (select from pg_inherits
                   where inhparent = c.oid and inhrelid <> 'fenghuo.event_elsewhere'::regclass) then 'plain'
      when exists (select from fenghuo.event_elsewhere) then 'plain'
      else 'undecided' end as storage
    from pg_class as c where c.oid = 'fenghuo.event'::regclass`);
  return rows[0]!.storage;
}
