import type { CaseStep } from '@fenghuo/contracts/case.ts';
import type { Queryable } from '../queryable.ts';

/** Steps of alarms with the events that caused them, the oldest first, at most `limit`, and how many there are. */
export async function listCaseSteps(
  db: Queryable,
  { alarms, limit }: { alarms: readonly string[]; limit: number },
): Promise<{ steps: CaseStep[]; count: number }> {
  const { rows } = await db.query<CaseStep & { count: number }>(
    `select alarm, version, no::float8 as no, (extract(epoch from at) * 1000)::float8 as at, from_state as "from",
            to_state as "to", why, actor, severity, event, (count(*) over ())::int as count
     from fenghuo.case_step where alarm = any ($1) order by case_step.no, alarm, version limit $2`,
    [alarms, limit],
  );
  return { steps: rows.map(({ count: _, ...step }) => step), count: rows[0]?.count ?? 0 };
}
