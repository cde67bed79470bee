import type { ClientBase } from 'pg';

/** Devices whose acknowledged alarm is high, and when it was meant to leave (monotonic ms). */
export async function listHighAlarms(db: ClientBase): Promise<{ device: string; alarmAt: number }[]> {
  const { rows } = await db.query<{ device: string; alarmAt: number }>(`
    select a.device, a.alarm_at as "alarmAt" from acknowledged a
    where a.alarm_at is not null
      and exists (select from fenghuo.alarm w where w.device = a.device and w.run is null and w.severity = 'high')`);
  return rows;
}
