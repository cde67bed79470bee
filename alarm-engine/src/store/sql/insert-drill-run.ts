import type { Queryable } from '../queryable.ts';

export interface NewDrillRun {
  run: string;
  county: string;
  scenario: string;
  seed: string | null;
  orderedBy: string;
}

/** A run that waits for the runner. */
export async function insertDrillRun(db: Queryable, order: NewDrillRun): Promise<void> {
  await db.query(
    `insert into fenghuo.drill_run (run, county, scenario, seed, ordered_by, ordered_at)
     values ($1, $2, $3, $4, $5, clock_timestamp())`,
    [order.run, order.county, order.scenario, order.seed, order.orderedBy],
  );
}
