import type { PositionToTell } from '@fenghuo/contracts/positions.ts';
import type { Queryable } from '../queryable.ts';

export interface TeamMember {
  county: string;
  account: string;
  areaPattern: string;
  /** Null: of no unit that is known, so at whatever is open in their area. */
  unit: string | null;
}

/** Keeps where somebody is and tells every web process. False when the ticket is none of theirs, or closed. */
export async function savePosition(
  db: Queryable,
  { county, account, areaPattern, unit }: TeamMember,
  { ticket, lon, lat, accuracyM, at }: Omit<PositionToTell, 'ageMs'> & { at: Date },
): Promise<boolean> {
  const { rowCount } = await db.query(
    `with put as (
       insert into fenghuo.team_position (county, account, ticket, holder, lon, lat, accuracy, at)
       select t.county, $2, t.id, coalesce($4, t.holder), $6, $7, $8, $9
       from fenghuo.ticket t
       where t.county = $1 and t.id = $5 and t.closed_at is null
         and (t.area like $3 or t.units ? $4::text)
         and ($4::text is null or t.holder = $4
              or t.doc -> 'parties' @> jsonb_build_array(jsonb_build_object('unit', $4)))
       on conflict (county, account) do update set
         (ticket, holder, lon, lat, accuracy, at) =
         (excluded.ticket, excluded.holder, excluded.lon, excluded.lat, excluded.accuracy, excluded.at)
       returning county)
     select pg_notify('fenghuo_position', county) from put`,
    [county, account, areaPattern, unit, ticket, lon, lat, accuracyM, at],
  );
  return (rowCount ?? 0) > 0;
}
