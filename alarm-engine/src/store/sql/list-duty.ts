import type { Duty } from '../../chain/roster.ts';
import type { Queryable } from '../queryable.ts';

/** What was changed of who is on duty since the estate came, by person. */
export async function listDuty(db: Queryable, county: string): Promise<Duty[]> {
  const { rows } = await db.query<Duty>(
    `select person, on_duty as "onDuty", post, (extract(epoch from until) * 1000)::float8 as until,
            changed_by as by, (extract(epoch from changed_at) * 1000)::float8 as at
     from fenghuo.duty where county = $1 order by person collate "C"`,
    [county],
  );
  return rows;
}
