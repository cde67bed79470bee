import type { RulebookFault } from '@fenghuo/contracts/rulebook.ts';
import type { Queryable } from '../queryable.ts';

export interface SeenRulebookFile {
  county: string;
  path: string;
  digest: string;
  /** Milliseconds since 1970. */
  seenAt: number;
  errors: readonly RulebookFault[];
}

/** Notes the rulebook on disk as it was last seen. */
export async function saveRulebookFile(db: Queryable, file: SeenRulebookFile): Promise<void> {
  await db.query({
    name: 'save-rulebook-file',
    text: `
      insert into fenghuo.rulebook_file (county, path, digest, seen_at, errors)
      values ($1, $2, $3, to_timestamp($4::float8 / 1000), $5)
      on conflict (county) do update set path = excluded.path, digest = excluded.digest, seen_at = excluded.seen_at,
        errors = excluded.errors`,
    values: [file.county, file.path, file.digest, file.seenAt, JSON.stringify(file.errors)],
  });
}
