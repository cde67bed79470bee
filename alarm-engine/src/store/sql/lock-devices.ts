import type { Queryable } from '../queryable.ts';

/**
 * Keeps others from adding devices until the end of the transaction, and tells the next free number and
 * whether this county has devices already.
 */
export async function lockDevices(
  database: Queryable,
  county: string,
): Promise<{ nextNo: number; hasDevices: boolean }> {
  await database.query('lock table fenghuo.device in share row exclusive mode');
  const found = await database.query<{ next_no: number; has_devices: boolean }>(
    `select coalesce((select max(no) from fenghuo.device), -1) + 1 as next_no,
            exists (select from fenghuo.device where county = $1) as has_devices`,
    [county],
  );
  const { next_no, has_devices } = found.rows[0]!;
  return { nextNo: next_no, hasDevices: has_devices };
}
