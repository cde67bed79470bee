import type { PersonRegistration } from '@fenghuo/contracts/registry.ts';
import type { Statement } from '../statement-batch.ts';

/** Registers people of units, new or changed, and tells everybody that the directory changed. Who is on duty is kept elsewhere. */
export function upsertPeople(county: string, people: readonly PersonRegistration[]): Statement {
  return {
    name: 'upsert-people',
    text: `
      with kept as (
        insert into fenghuo.person (id, unit, name, post, phone, on_duty, duty_post)
        select id, unit, name, post, phone, "onDuty", "dutyPost"
        from json_to_recordset($2)
          as p (id text, unit text, name text, post text, phone text, "onDuty" boolean, "dutyPost" text)
        on conflict (id) do update set
          unit = excluded.unit, name = excluded.name, post = excluded.post, phone = excluded.phone
      )
      select pg_notify('fenghuo_directory', $1 || ':' || fenghuo.bump_directory($1))`,
    values: [county, JSON.stringify(people)],
  };
}
