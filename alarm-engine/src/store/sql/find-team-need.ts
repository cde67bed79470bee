import type { TicketRecord } from '@fenghuo/contracts/records.ts';
import type { Queryable } from '../queryable.ts';

/** An open ticket as far as the choice of a team needs it. */
export interface TicketNeed extends Pick<TicketRecord, 'id' | 'run' | 'area' | 'holder' | 'parties'> {
  hazard: string;
  lon: number | null;
  lat: number | null;
}

/** Null when there is no such open ticket in the area. */
export async function findTeamNeed(
  db: Queryable,
  query: { county: string; ticket: string; areaPattern: string },
): Promise<TicketNeed | null> {
  const { rows } = await db.query<TicketNeed>(
    `select t.id, t.doc ->> 'run' as run, t.doc ->> 'area' as area, t.holder, t.doc -> 'parties' as parties,
            i.doc ->> 'hazard' as hazard, (i.doc ->> 'lon')::float8 as lon, (i.doc ->> 'lat')::float8 as lat
     from fenghuo.ticket t join fenghuo.incident i on i.id = t.incident
     where t.county = $1 and t.id = $2 and coalesce(t.area, '') like $3 and t.closed_at is null`,
    [query.county, query.ticket, query.areaPattern],
  );
  return rows[0] ?? null;
}
