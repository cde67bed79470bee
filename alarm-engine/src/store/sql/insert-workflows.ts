import type { WorkflowRevision } from '../../tickets/workflow-revision.ts';
import type { Statement } from '../statement-batch.ts';

/** Keeps workflows as they came into force, and tells screens that the directory changed. */
export function insertWorkflows(county: string, revisions: readonly WorkflowRevision[]): Statement {
  return {
    name: 'insert-workflows',
    text: `
      with kept as (
        insert into fenghuo.workflow (county, doc, text, digest, author, reason, at, engine_no)
        select $1, workflow, text, digest, author, reason, to_timestamp(at / 1000), "engineNo"
        from json_to_recordset($2) as r (workflow jsonb, text text, digest text, author text, reason text,
                                         at float8, "engineNo" bigint)
      )
      select pg_notify('fenghuo_directory', $1 || ':' || fenghuo.bump_directory($1))`,
    values: [county, JSON.stringify(revisions)],
  };
}
