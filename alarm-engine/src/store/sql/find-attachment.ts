import type { Attachment } from '@fenghuo/contracts/case.ts';
import type { Queryable } from '../queryable.ts';

/** A file of the case of a code, in an area; null when there is none. */
export async function findAttachment(
  db: Queryable,
  query: { county: string; code: string; areaPattern: string; id: string },
): Promise<Attachment | null> {
  const { rows } = await db.query<{ file: Attachment | null }>(
    `select e.doc -> 'file' as file
     from fenghuo.incident i join fenghuo.case_evidence e on e.incident = i.id
     where i.county = $1 and i.case_code = $2 and coalesce(i.area, '') like $3 and e.id = $4`,
    [query.county, query.code, query.areaPattern, query.id],
  );
  return rows[0]?.file ?? null;
}
