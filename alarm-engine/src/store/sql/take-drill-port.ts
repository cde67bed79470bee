import type { Queryable } from '../queryable.ts';

/** Gives a drill that runs a port of its own, the lowest that no other has; null: all are taken, or there are none. */
export async function takeDrillPort(db: Queryable, county: string, run: string): Promise<number | null> {
  const { rows } = await db.query<{ port: number }>(
    `update fenghuo.drill_port set run = $2
     where county = $1 and port = (
       select p.port from fenghuo.drill_port p
       where p.county = $1 and not exists (select from fenghuo.drill d where d.id = p.run and d.ended_at is null)
       order by p.port limit 1 for update skip locked)
     returning port`,
    [county, run],
  );
  return rows[0]?.port ?? null;
}
