import type { RulebookRevision } from '../../rules/rulebook.ts';
import type { Statement } from '../statement-batch.ts';

/** Keeps rulebooks as they came into force, and tells screens that the directory changed. */
export function insertRulebooks(county: string, revisions: readonly RulebookRevision[]): Statement {
  return {
    name: 'insert-rulebooks',
    text: `
      with kept as (
        insert into fenghuo.rulebook (county, version, text, digest, author, reason, at, engine_no)
        select $1, version, text, digest, author, reason, to_timestamp(at / 1000), "engineNo"
        from json_to_recordset($2) as r (version integer, text text, digest text, author text, reason text,
                                         at float8, "engineNo" bigint)
      )
      select pg_notify('fenghuo_directory', $1 || ':' || fenghuo.bump_directory($1))`,
    values: [county, JSON.stringify(revisions)],
  };
}
