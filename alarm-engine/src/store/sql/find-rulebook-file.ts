import type { RulebookFile } from '@fenghuo/contracts/rulebook.ts';
import type { Queryable } from '../queryable.ts';

/** The rulebook on disk as it was last seen; null when there never was one. */
export async function findRulebookFile(
  db: Queryable,
  county: string,
): Promise<(RulebookFile & { digest: string }) | null> {
  const { rows } = await db.query<RulebookFile & { digest: string }>({
    name: 'find-rulebook-file',
    text: `
      select path, digest, (extract(epoch from seen_at) * 1000)::float8 as "seenAt", errors
      from fenghuo.rulebook_file where county = $1`,
    values: [county],
  });
  return rows[0] ?? null;
}
