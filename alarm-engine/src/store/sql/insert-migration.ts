import type { Queryable } from '../queryable.ts';
import type { AppliedMigration } from './load-migrations.ts';

export async function insertMigration(
  database: Queryable,
  { no, name, sha256 }: AppliedMigration,
): Promise<void> {
  await database.query('insert into public.fenghuo_migration (no, name, sha256) values ($1, $2, $3)', [
    no,
    name,
    sha256,
  ]);
}
