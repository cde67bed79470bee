import type { Queryable } from '../queryable.ts';

/** Ends a paired wall for good: its account, its sessions, and by `fenghuo_session` its sockets. */
export async function unpairWall(
  db: Queryable,
  query: { county: string; areaPattern: string; account: string },
): Promise<boolean> {
  const { rowCount } = await db.query(
    `with ended as (
       update fenghuo.account a set disabled = true from fenghuo.wall w
       where a.name = $3 and w.account = a.name and a.county = $1 and a.area like $2 and not a.disabled
       returning a.name
     ), gone as (
       delete from fenghuo.session s using ended where s.account = ended.name returning s.token_hash
     )
     select name, (select count(pg_notify('fenghuo_session', encode(token_hash, 'hex'))) from gone) from ended`,
    [query.county, query.areaPattern, query.account],
  );
  return rowCount === 1;
}
