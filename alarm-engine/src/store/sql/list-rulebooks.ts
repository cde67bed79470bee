import type { RulebookVersions } from '@fenghuo/contracts/rulebook.ts';
import type { Queryable } from '../queryable.ts';

/** Revisions of the rulebook without their text, newest first, of those before a version. */
export async function listRulebooks(
  db: Queryable,
  { county, before, limit }: { county: string; before: number | null; limit: number },
): Promise<RulebookVersions['versions']> {
  const { rows } = await db.query<RulebookVersions['versions'][number]>({
    name: 'list-rulebooks',
    text: `
      select version, digest, author, reason, (extract(epoch from at) * 1000)::float8 as at
      from fenghuo.rulebook where county = $1 and ($2::int is null or version < $2)
      order by version desc limit $3`,
    values: [county, before, limit],
  });
  return rows;
}
