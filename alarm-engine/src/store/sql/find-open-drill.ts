import type { Queryable } from '../queryable.ts';

/** The drill that was started last and still runs; null: none. */
export async function findOpenDrill(db: Queryable, county: string): Promise<string | null> {
  const { rows } = await db.query<{ id: string }>(
    `select id from fenghuo.drill where county = $1 and ended_at is null order by started_at desc, id desc limit 1`,
    [county],
  );
  return rows[0]?.id ?? null;
}
