import type { Queryable } from '../queryable.ts';

/** The bytes of a file, or of its small picture where it has one; null: they are not there. */
export async function findBytes(
  db: Queryable,
  { sha256, small }: { sha256: string; small: boolean },
): Promise<Buffer | null> {
  const { rows } = await db.query<{ bytes: Buffer | null }>(
    `select ${small ? 'small' : 'content'} as bytes from fenghuo.case_bytes where sha256 = $1`,
    [sha256],
  );
  return rows[0]?.bytes ?? null;
}
