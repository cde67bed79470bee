import type { Queryable } from '../queryable.ts';

export interface TakenRun {
  run: string;
  scenario: string;
  seed: string | null;
}

/** The runner is heard, and given the run that waits longest, once; null: none waits whose drill runs. */
export async function takeDrillRun(db: Queryable, county: string): Promise<TakenRun | null> {
  const { rows } = await db.query<TakenRun>(
    `with heard as (update fenghuo.drill_runner set seen_at = clock_timestamp() where county = $1)
     update fenghuo.drill_run set state = 'preparing', told_at = clock_timestamp()
     where run = (select r.run from fenghuo.drill_run r join fenghuo.drill d on d.id = r.run
                  where r.county = $1 and r.state = 'waiting' and r.wish <> 'stop' and d.ended_at is null
                  order by r.ordered_at limit 1 for update of r skip locked)
     returning run, scenario, seed`,
    [county],
  );
  return rows[0] ?? null;
}
