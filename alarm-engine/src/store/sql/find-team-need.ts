import type { TicketRecord } from '@fenghuo/contracts/records.ts';
import type { ReachValues } from '../../access/reach.ts';
import type { Queryable } from '../queryable.ts';
import { ticketInReach } from './in-reach.ts';

/** An open ticket as far as the choice of a team needs it. */
export interface TicketNeed extends Pick<TicketRecord, 'id' | 'run' | 'area' | 'holder' | 'parties'> {
  hazard: string;
  lon: number | null;
  lat: number | null;
}

/** Null when there is no such open ticket within the reach. */
export async function findTeamNeed(
  db: Queryable,
  query: ReachValues & { county: string; ticket: string },
): Promise<TicketNeed | null> {
  const { rows } = await db.query<TicketNeed>(
    `select t.id, t.doc ->> 'run' as run, t.doc ->> 'area' as area, t.holder, t.doc -> 'parties' as parties,
            i.doc ->> 'hazard' as hazard, (i.doc ->> 'lon')::float8 as lon, (i.doc ->> 'lat')::float8 as lat
     from fenghuo.ticket t join fenghuo.incident i on i.id = t.incident
     where t.county = $1 and t.id = $2 and t.closed_at is null
       and ${ticketInReach('t', { pattern: '$3', unit: '$4' })}`,
    [query.county, query.ticket, query.areaPattern, query.unit],
  );
  return rows[0] ?? null;
}
