import type { Queryable } from '../queryable.ts';

/** Number of the newest change of a county; 0 before the first. */
export async function readChangeHead(db: Queryable, county: string): Promise<number> {
  const { rows } = await db.query<{ no: string | null }>({
    name: 'read-change-head',
    text: 'select max(no) as no from fenghuo.change_log where county = $1',
    values: [county],
  });
  return Number(rows[0]?.no ?? 0);
}
