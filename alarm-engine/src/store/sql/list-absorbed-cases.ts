import type { TicketRecord } from '@fenghuo/contracts/records.ts';
import type { NearCamera } from '../../registry/camera-index.ts';
import type { Queryable } from '../queryable.ts';

/** A case that went into another, and what went into that one before. */
export interface AbsorbedCase {
  code: string;
  incident: string;
  /** Engine ms of its end. */
  closedAt: number;
  ticket: TicketRecord | null;
  cameras: NearCamera[];
}

/**
 * Cases that were merged into an incident, by whatever ways, the oldest first. Whoever may see the case that goes on may see
 * what went into it.
 */
export async function listAbsorbedCases(db: Queryable, incident: string): Promise<AbsorbedCase[]> {
  const { rows } = await db.query<AbsorbedCase>(
    `with recursive absorbed as (
       select i.id, i.doc from fenghuo.incident i where i.doc ->> 'mergedInto' = $1
       union
       select i.id, i.doc from absorbed join fenghuo.incident i on i.doc ->> 'mergedInto' = absorbed.id
     )
     select i.doc ->> 'caseCode' as code, i.id as incident, (i.doc ->> 'closedAt')::float8 as "closedAt",
            (select t.doc from fenghuo.ticket t where t.incident = i.id order by t.opened_at desc, t.id desc limit 1)
              as ticket,
            coalesce((select c.cameras from fenghuo.case_camera c where c.incident = i.id), '[]') as cameras
     from absorbed as i order by (i.doc ->> 'openedAt')::float8, i.id`,
    [incident],
  );
  return rows;
}
