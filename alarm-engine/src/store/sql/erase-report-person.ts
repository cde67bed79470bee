import type { Queryable } from '../queryable.ts';

/** Erases who reported and what they said; their link opens nothing any more. */
export async function eraseReportPerson(
  db: Queryable,
  { county, report }: { county: string; report: string },
): Promise<void> {
  await db.query(
    `update fenghuo.report_person set name = '', phone = '', words = '', link = null, erased_at = now()
     where county = $1 and report = $2`,
    [county, report],
  );
}
