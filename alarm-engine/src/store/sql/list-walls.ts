import type { WallList } from '@fenghuo/contracts/walls.ts';
import type { Queryable } from '../queryable.ts';

/** Walls of an area that were paired by code, those that were unpaired too, newest first. */
export async function listWalls(
  db: Queryable,
  query: { county: string; areaPattern: string; now: Date },
): Promise<WallList['walls']> {
  const { rows } = await db.query<WallList['walls'][number]>(
    `select a.name as account, a.display_name as name, a.area, w.paired_by as "pairedBy",
            (extract(epoch from w.paired_at) * 1000)::float8 as "pairedAt",
            not a.disabled and exists (select from fenghuo.session s
                                       where s.account = a.name and s.expires_at > $3) as paired
     from fenghuo.wall w join fenghuo.account a on a.name = w.account
     where a.county = $1 and a.area like $2 order by w.paired_at desc, a.name`,
    [query.county, query.areaPattern, query.now],
  );
  return rows;
}
