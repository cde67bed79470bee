import type { Queryable } from '../queryable.ts';

export async function createMigrationTable(database: Queryable): Promise<void> {
  await database.query(`
    create table if not exists public.fenghuo_migration (
      no         integer primary key,
      name       text not null,
      sha256     text not null,
      applied_at timestamptz not null default now()
    )`);
}
