import type { Queryable } from '../queryable.ts';

/** Number of the county's directory: units, people, devices, buildings. 0 before anything was loaded. */
export async function readDirectoryNo(db: Queryable, county: string): Promise<number> {
  const { rows } = await db.query<{ no: string }>({
    name: 'read-directory-no',
    text: 'select no from fenghuo.directory where county = $1',
    values: [county],
  });
  return Number(rows[0]?.no ?? 0);
}
