import type { AlarmLine } from '@fenghuo/contracts/desk.ts';
import type { Queryable } from '../queryable.ts';

/** Open alarms of an area as lines of a list, by id, behind `after`. */
export async function listAlarmLines(
  db: Queryable,
  query: { county: string; areaPattern: string; after: string | null; limit: number },
): Promise<AlarmLine[]> {
  const { rows } = await db.query<{ line: AlarmLine }>(
    `select jsonb_build_object(
       'id', id, 'run', run, 'device', device, 'kind', doc -> 'kind', 'area', area, 'floor', doc -> 'floor',
       'room', doc -> 'room', 'severity', severity, 'title', doc -> 'title', 'state', state,
       'raisedAt', doc -> 'raisedAt', 'incident', incident, 'version', doc -> 'version') as line
     from fenghuo.alarm
     where county = $1 and closed_at is null and coalesce(area, '') like $2 and id > coalesce($3, '')
     order by id limit $4`,
    [query.county, query.areaPattern, query.after, query.limit],
  );
  return rows.map(({ line }) => line);
}
