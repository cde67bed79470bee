import type { RulebookVersion } from '@fenghuo/contracts/rulebook.ts';
import type { Queryable } from '../queryable.ts';

/** The newest rulebook of a county, or the newest with a version up to `upTo`; null when there is none. */
export async function findRulebook(
  db: Queryable,
  { county, upTo }: { county: string; upTo?: number | undefined },
): Promise<RulebookVersion | null> {
  const { rows } = await db.query<RulebookVersion>({
    name: 'find-rulebook',
    text: `
      select version, text, digest, author, reason, (extract(epoch from at) * 1000)::float8 as at
      from fenghuo.rulebook where county = $1 and version <= coalesce($2, version)
      order by version desc limit 1`,
    values: [county, upTo ?? null],
  });
  return rows[0] ?? null;
}
