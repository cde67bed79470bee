import type { Queryable } from '../queryable.ts';
import type { WriterPulse } from './save-pulse.ts';

/** The writer's last sign of life and its age by the database's clock; null before the first. */
export async function readPulse(
  db: Queryable,
  county: string,
): Promise<{ at: number; ageMs: number; doc: WriterPulse } | null> {
  const { rows } = await db.query<{ at: Date; ageMs: number; doc: WriterPulse }>({
    name: 'read-pulse',
    text: `select at, (extract(epoch from clock_timestamp() - at) * 1000)::float8 as "ageMs", doc
           from fenghuo.pulse where county = $1`,
    values: [county],
  });
  const row = rows[0];
  return row === undefined ? null : { at: row.at.getTime(), ageMs: row.ageMs, doc: row.doc };
}
