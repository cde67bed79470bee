import type { Queryable } from '../queryable.ts';

/** Keeps the rulebook that the house comes with as version 0, where a county has none. */
export async function insertShippedRulebook(
  db: Queryable,
  { county, text, digest }: { county: string; text: string; digest: string },
): Promise<void> {
  await db.query(
    `insert into fenghuo.rulebook (county, version, text, digest, author, reason, at, engine_no)
     values ($1, 0, $2, $3, 'house', '', now(), 0) on conflict do nothing`,
    [county, text, digest],
  );
}
