import type { Queryable } from '../queryable.ts';

/** The drill that has a port of the transmitters, while it runs; null: none. */
export async function findDrillAtPort(db: Queryable, county: string, port: number): Promise<string | null> {
  const { rows } = await db.query<{ run: string }>(
    `select p.run from fenghuo.drill_port p join fenghuo.drill d on d.id = p.run
     where p.county = $1 and p.port = $2 and d.ended_at is null`,
    [county, port],
  );
  return rows[0]?.run ?? null;
}
