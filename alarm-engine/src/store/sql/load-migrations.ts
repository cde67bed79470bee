import type { Queryable } from '../queryable.ts';

export interface AppliedMigration {
  no: number;
  name: string;
  sha256: string;
}

/** What was applied to this database, in order. */
export async function loadMigrations(database: Queryable): Promise<AppliedMigration[]> {
  const found = await database.query<AppliedMigration & Record<string, unknown>>(
    'select no, name, sha256 from public.fenghuo_migration order by no',
  );
  return found.rows;
}
