import type { PersonalPayload } from '../../audit/personal.ts';
import type { Statement } from '../statement-batch.ts';

/** Keeps what a batch of the record says of persons, each with the number of its row. */
export function insertPersonal(
  county: string,
  kept: readonly (PersonalPayload & { no: number })[],
): Statement {
  const rows = kept.map(({ no, digest, salt, payload }) => {
    return { no, digest: digest.toString('hex'), salt: salt.toString('hex'), payload };
  });
  return {
    name: 'insert-personal',
    text: `
      insert into fenghuo.audit_personal (county, no, digest, salt, payload)
      select $1, no, decode(digest, 'hex'), decode(salt, 'hex'), payload
      from json_to_recordset($2) as p (no bigint, digest text, salt text, payload text)`,
    values: [county, JSON.stringify(rows)],
  };
}
