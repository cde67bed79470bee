import type { ClientBase } from 'pg';

export interface FoundTicket {
  id: string;
  incident: string;
  /** Ms since 1970. */
  openedAt: number;
}

/** Tickets of these incidents that were opened since a moment. */
export async function listTickets(
  db: ClientBase,
  since: number,
  incidents: readonly string[],
): Promise<FoundTicket[]> {
  const { rows } = await db.query<FoundTicket>(
    `select id, incident, (doc ->> 'openedAt')::float8 as "openedAt" from fenghuo.ticket
     where opened_at >= to_timestamp($1::float8 / 1000) and incident = any($2)`,
    [since, incidents],
  );
  return rows;
}
