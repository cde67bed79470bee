import type { Queryable } from '../queryable.ts';

/** The protocol of a run as its runner wrote it; null: there is none. */
export async function findDrillReport(
  db: Queryable,
  of: { county: string; run: string },
): Promise<string | null> {
  const { rows } = await db.query<{ report: string | null }>(
    'select report from fenghuo.drill_run where county = $1 and run = $2',
    [of.county, of.run],
  );
  return rows[0]?.report ?? null;
}
