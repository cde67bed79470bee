import type { Dossier } from '@fenghuo/contracts/case.ts';
import type { Queryable } from '../queryable.ts';

/** Evidence of an incident and of those that went into it, the oldest first. */
export async function listCaseEvidence(
  db: Queryable,
  query: { incident: string; absorbed: readonly string[] },
): Promise<Dossier['evidence']> {
  const { rows } = await db.query<{ doc: Dossier['evidence'][number] }>(
    `select e.doc || jsonb_build_object('from', case when e.incident <> $1 then i.case_code end) as doc
     from fenghuo.case_evidence e join fenghuo.incident i on i.id = e.incident
     where e.incident = any ($2) order by (e.doc ->> 'at')::float8, e.id`,
    [query.incident, [query.incident, ...query.absorbed]],
  );
  return rows.map(({ doc }) => doc);
}
