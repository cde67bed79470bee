import type { Queryable } from '../queryable.ts';

export interface ForeignIdentityRow {
  dialect: string;
  foreignId: string;
  device: string;
}

/** Every foreign name of the county that means a registered device. */
export async function loadForeignIdentities(db: Queryable, county: string): Promise<ForeignIdentityRow[]> {
  const { rows } = await db.query<ForeignIdentityRow>(
    `select dialect, foreign_id as "foreignId", device from fenghuo.foreign_identity where county = $1`,
    [county],
  );
  return rows;
}
