import type { Queryable } from '../queryable.ts';

/** Forgets where somebody is and tells every web process. */
export async function deletePosition(db: Queryable, who: { county: string; account: string }): Promise<void> {
  await db.query(
    `with gone as (delete from fenghuo.team_position where county = $1 and account = $2 returning county)
     select pg_notify('fenghuo_position', county) from gone`,
    [who.county, who.account],
  );
}
