import type { Attachment } from '@fenghuo/contracts/case.ts';
import type { ReachValues } from '../../access/reach.ts';
import type { Queryable } from '../queryable.ts';
import { incidentInReach } from './in-reach.ts';

/** A file of the case of a code, within a reach; null when there is none. */
export async function findAttachment(
  db: Queryable,
  query: ReachValues & { county: string; code: string; id: string },
): Promise<Attachment | null> {
  const { rows } = await db.query<{ file: Attachment | null }>(
    `select e.doc -> 'file' as file
     from fenghuo.incident i join fenghuo.case_evidence e on e.incident = i.id
     where i.county = $1 and i.case_code = $2 and e.id = $4
       and ${incidentInReach('i', { pattern: '$3', unit: '$5' })}`,
    [query.county, query.code, query.areaPattern, query.id, query.unit],
  );
  return rows[0]?.file ?? null;
}
