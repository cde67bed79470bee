import type { Words } from '@fenghuo/contracts/words.ts';
import type { Queryable } from '../queryable.ts';

/** The area itself and the townships in it, the widest first. */
export async function listAreaNames(
  db: Queryable,
  query: { county: string; area: string; areaPattern: string },
): Promise<{ code: string; name: Words }[]> {
  const { rows } = await db.query<{ code: string; name: Words }>(
    `select code, jsonb_build_object('zh', name_zh, 'en', coalesce(name_en, name_zh)) as name
     from fenghuo.area
     where county = $1 and (code = $2 or level = 'township' and code like $3)
     order by length(code), code`,
    [query.county, query.area, query.areaPattern],
  );
  return rows;
}
