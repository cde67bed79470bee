import type { AlarmLine } from '@fenghuo/contracts/desk.ts';
import type { ReachValues } from '../../access/reach.ts';
import type { Queryable } from '../queryable.ts';
import { alarmInReach } from './in-reach.ts';

/** Open alarms within a reach as lines of a list, by id, behind `after`. */
export async function listAlarmLines(
  db: Queryable,
  query: ReachValues & { county: string; after: string | null; limit: number },
): Promise<AlarmLine[]> {
  const { rows } = await db.query<{ line: AlarmLine }>(
    `select jsonb_build_object(
       'id', id, 'run', run, 'device', device, 'kind', doc -> 'kind', 'area', area, 'floor', doc -> 'floor',
       'room', doc -> 'room', 'severity', severity, 'title', doc -> 'title', 'state', state,
       'raisedAt', doc -> 'raisedAt', 'incident', incident, 'version', doc -> 'version') as line
     from fenghuo.alarm a
     where county = $1 and closed_at is null and ${alarmInReach('a', { pattern: '$2', unit: '$5' })} and id > coalesce($3, '')
     order by id limit $4`,
    [query.county, query.areaPattern, query.after, query.limit, query.unit],
  );
  return rows.map(({ line }) => line);
}
