import type { Queryable } from '../queryable.ts';

/**
 * Gives free what workers before us were at when they died: without it a job of theirs would wait for four hours.
 * For who holds the county's lease, before its own workers begin.
 */
export async function unlockJobs(db: Queryable): Promise<void> {
  await db.query(
    `select graphile_worker.force_unlock_workers(array_agg(distinct locked_by))
     from graphile_worker.jobs where locked_by is not null having count(*) > 0`,
  );
}
