import type { EstatePerson } from '@fenghuo/contracts/estate.ts';
import type { CopyTarget } from '../copy-rows.ts';

export const copyPeople: CopyTarget<EstatePerson> = {
  statement: 'copy fenghuo.person (id, unit, name, post, phone, on_duty, duty_post) from stdin',
  columns: (person) => [
    person.id,
    person.unit,
    person.name,
    person.post,
    person.phone,
    person.onDuty,
    person.dutyPost,
  ],
};
