import type { TicketRecord } from '@fenghuo/contracts/records.ts';
import type { Queryable } from '../queryable.ts';

type Held = Pick<TicketRecord, 'holder' | 'parties' | 'severity' | 'stage'>;

/** What the other open tickets of the same world, live or one drill, give units to do. */
export async function listHeldTickets(
  db: Queryable,
  query: { county: string; run: string | null; except: string },
): Promise<Held[]> {
  const { rows } = await db.query<Held>(
    `select doc ->> 'holder' as holder, doc -> 'parties' as parties, doc ->> 'severity' as severity, stage
     from fenghuo.ticket
     where county = $1 and closed_at is null and doc ->> 'run' is not distinct from $2 and id <> $3`,
    [query.county, query.run, query.except],
  );
  return rows;
}
