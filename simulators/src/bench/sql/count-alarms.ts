import type { ClientBase } from 'pg';

export interface AlarmCount {
  /** More than one of a device and rule. A flood lets no device alarm twice, so closed ones count too. */
  duplicatedAlarms: number;
  /** Devices whose alarm was acknowledged and is not there. */
  missingAlarms: number;
}

export async function countAlarms(db: ClientBase): Promise<AlarmCount> {
  const { rows } = await db.query<AlarmCount>(`
    select (select coalesce(sum(copies - 1), 0) from (
              select count(*) as copies from fenghuo.alarm where run is null group by device, rule) as once
           )::float8 as "duplicatedAlarms",
           (select count(*) from acknowledged a where a.alarm_at is not null
              and not exists (select from fenghuo.alarm w where w.device = a.device and w.run is null)
           )::float8 as "missingAlarms"`);
  return rows[0]!;
}
