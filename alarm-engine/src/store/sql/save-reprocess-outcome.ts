import type { Queryable } from '../queryable.ts';

export interface SavedOutcome {
  no: number;
  outcome: 'stored' | 'nothing' | 'refused' | 'not-authorised';
  detail: string | null;
}

/**
 * Writes down what became of a message that was processed again. One whose events the writer had to set aside
 * lies in quarantine once more, as a newer message with the source `quarantine:{no}`: that one is pointed at.
 */
export async function saveReprocessOutcome(
  db: Queryable,
  county: string,
  { no, outcome, detail }: SavedOutcome,
): Promise<void> {
  await db.query(
    `with again as (
       select max(no) as no from fenghuo.quarantine where source = $5 and source like 'quarantine:%' and no > $2
     )
     update fenghuo.quarantine q set tried_at = now(),
       outcome = case when again.no is null then $3 else 'again' end,
       outcome_detail = case when again.no is null then $4 else 'as message ' || again.no end
     from again where q.county = $1 and q.no = $2 and q.outcome = 'waiting'`,
    [county, no, outcome, detail, sourceOfReprocessed(no)],
  );
}

/** The way in of what comes out of quarantine. */
export function sourceOfReprocessed(no: number): string {
  return `quarantine:${no}`;
}
