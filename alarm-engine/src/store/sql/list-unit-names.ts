import type { Words } from '@fenghuo/contracts/words.ts';
import type { Queryable } from '../queryable.ts';

/** Names of units; one that is gone is left out. */
export async function listUnitNames(
  db: Queryable,
  county: string,
  ids: readonly string[],
): Promise<{ id: string; name: Words }[]> {
  const { rows } = await db.query<{ id: string; name: Words }>(
    `select id, jsonb_build_object('zh', name_zh, 'en', coalesce(name_en, name_zh)) as name
     from fenghuo.unit where county = $1 and id = any ($2) order by id`,
    [county, ids],
  );
  return rows;
}
