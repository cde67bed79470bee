import type { Queryable } from '../queryable.ts';

/** Stores the bytes of a file under their digest, once. */
export async function insertBytes(
  db: Queryable,
  { sha256, content, small }: { sha256: string; content: Buffer; small: Buffer | null },
): Promise<void> {
  await db.query(
    `insert into fenghuo.case_bytes (sha256, content, small) values ($1, $2, $3) on conflict (sha256) do nothing`,
    [sha256, content, small],
  );
}
