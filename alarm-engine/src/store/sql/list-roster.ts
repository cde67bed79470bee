import type { RosterPerson } from '@fenghuo/contracts/chain.ts';
import type { Queryable } from '../queryable.ts';

/** What is asked for; null: whatever it is. */
interface RosterWish {
  county: string;
  areaPattern: string;
  unit: string | null;
  onDuty: boolean | null;
  /** Only people with a later id. */
  after: string;
  limit: number;
}

/** People of units of an area by id, unmasked. */
export async function listRoster(
  db: Queryable,
  { county, areaPattern, unit, onDuty, after, limit }: RosterWish,
): Promise<RosterPerson[]> {
  const { rows } = await db.query<RosterPerson>(
    `select id, unit, area, name, phone, title, post, on_duty as "onDuty",
            (extract(epoch from until) * 1000)::float8 as until, changed_by as "changedBy",
            (extract(epoch from changed_at) * 1000)::float8 as "changedAt"
     from fenghuo.roster
     where county = $1 and area like $2 and id collate "C" > $3
       and ($4::text is null or unit = $4) and ($5::boolean is null or on_duty = $5)
     order by id collate "C" limit $6`,
    [county, areaPattern, after, unit, onDuty, limit],
  );
  return rows;
}
