import type { OwnBroadcasts } from '@fenghuo/contracts/broadcasts.ts';
import type { Queryable } from '../queryable.ts';

/** Open broadcasts that a unit is to read, the newest first. */
export async function listOwnBroadcasts(
  db: Queryable,
  query: { county: string; unit: string },
): Promise<OwnBroadcasts['broadcasts']> {
  const { rows } = await db.query<{ doc: OwnBroadcasts['broadcasts'][number] }>(
    `select b.doc || jsonb_build_object('readAt', round(extract(epoch from u.read_at) * 1000)) as doc
     from fenghuo.broadcast_unit u join fenghuo.broadcast b on b.id = u.broadcast
     where u.unit = $2 and b.county = $1 and b.closed_at is null
     order by fenghuo.ms(b.doc, 'at') desc`,
    [query.county, query.unit],
  );
  return rows.map(({ doc }) => doc);
}
