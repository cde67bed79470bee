import type { Attachment } from '@fenghuo/contracts/case.ts';
import type { ReachValues } from '../../access/reach.ts';
import type { Queryable } from '../queryable.ts';
import { incidentInReach } from './in-reach.ts';

/** A file of the case of a code, within a reach, or of one that went into it; null when there is none. */
export async function findAttachment(
  db: Queryable,
  query: ReachValues & { county: string; code: string; id: string },
): Promise<Attachment | null> {
  const { rows } = await db.query<{ file: Attachment | null }>(
    `with recursive way as (
       select e.doc, e.incident from fenghuo.case_evidence e where e.id = $4
       union
       select way.doc, i.doc ->> 'mergedInto' from way join fenghuo.incident i on i.id = way.incident
     )
     select way.doc -> 'file' as file
     from way join fenghuo.incident i on i.id = way.incident
     where i.county = $1 and i.case_code = $2 and ${incidentInReach('i', { pattern: '$3', unit: '$5' })}`,
    [query.county, query.code, query.areaPattern, query.id, query.unit],
  );
  return rows[0]?.file ?? null;
}
