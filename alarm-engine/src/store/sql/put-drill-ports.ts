import type { Queryable } from '../queryable.ts';

/** The ports of drills at which this server listens now. A drill that runs keeps its own over a restart. */
export async function putDrillPorts(db: Queryable, county: string, ports: readonly number[]): Promise<void> {
  await db.query(
    `with gone as (delete from fenghuo.drill_port where county = $1 and port <> all($2::int[]))
     insert into fenghuo.drill_port (county, port) select $1, unnest($2::int[]) on conflict do nothing`,
    [county, ports],
  );
}
