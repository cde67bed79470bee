import type { PersonalPayload } from '../../audit/personal.ts';
import type { Queryable } from '../queryable.ts';

/** A payload about a person that was not erased, and the detail of the row that should name it. */
export type KeptPersonal = PersonalPayload & { no: number; detail: string | null };

/** Payloads after a row of the record, in the order of their rows. */
export async function listPersonal(
  db: Queryable,
  query: { county: string; after: number; limit: number },
): Promise<KeptPersonal[]> {
  const { rows } = await db.query<KeptPersonal>(
    `select p.no, p.digest, p.salt, p.payload, a.detail
     from fenghuo.audit_personal p left join fenghuo.audit a using (county, no)
     where county = $1 and no > $2 order by no limit $3`,
    [query.county, query.after, query.limit],
  );
  return rows;
}
