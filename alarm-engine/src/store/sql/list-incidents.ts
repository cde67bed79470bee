import type { IncidentRecord } from '@fenghuo/contracts/records.ts';
import type { ReachValues } from '../../access/reach.ts';
import type { Queryable } from '../queryable.ts';
import { incidentInReach } from './in-reach.ts';

export interface IncidentQuery extends ReachValues {
  county: string;
  open: boolean;
  /** Only those opened before this one, which the previous page ended with. */
  before: { openedAt: number; id: string } | null;
  limit: number;
}

/** Incidents within a reach, newest first. */
export async function listIncidents(db: Queryable, query: IncidentQuery): Promise<IncidentRecord[]> {
  const { rows } = await db.query<{ doc: IncidentRecord }>(
    `select doc from fenghuo.incident i
     where county = $1 and ${incidentInReach('i', { pattern: '$2', unit: '$7' })} and (closed_at is null) = $3
       and ($4::float8 is null or (opened_at, id) < (to_timestamp($4 / 1000), $5))
     order by opened_at desc, id desc limit $6`,
    [
      query.county,
      query.areaPattern,
      query.open,
      query.before?.openedAt ?? null,
      query.before?.id ?? null,
      query.limit,
      query.unit,
    ],
  );
  return rows.map((row) => row.doc);
}
