import type { BroadcastDetail } from '@fenghuo/contracts/broadcasts.ts';
import type { Queryable } from '../queryable.ts';

/** A broadcast over an area that lies in the caller's, with its units; null when there is none. */
export async function findBroadcast(
  db: Queryable,
  query: { county: string; id: string; areaPattern: string },
): Promise<BroadcastDetail | null> {
  const { rows } = await db.query<BroadcastDetail>(
    `select b.doc as broadcast, (
       select coalesce(jsonb_agg(jsonb_build_object(
                'unit', u.unit, 'told', u.told,
                'name', coalesce(
                  (select jsonb_build_object('zh', n.name_zh, 'en', coalesce(n.name_en, n.name_zh))
                   from fenghuo.unit n where n.county = b.county and n.id = u.unit),
                  jsonb_build_object('zh', u.unit, 'en', u.unit)),
                'read', case when u.read_at is not null then jsonb_build_object(
                  'at', round(extract(epoch from u.read_at) * 1000), 'by', u.read_by,
                  'doneAt', round(extract(epoch from u.read_done_at) * 1000)) end)
              order by u.read_at desc nulls first, u.unit), '[]')
       from fenghuo.broadcast_unit u where u.broadcast = b.id) as units
     from fenghuo.broadcast b where b.county = $1 and b.id = $2 and b.area like $3`,
    [query.county, query.id, query.areaPattern],
  );
  return rows[0] ?? null;
}
