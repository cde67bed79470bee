import type { ClientBase } from 'pg';

/** What else came of a run. */
export interface Aftermath {
  /** Messages to people, of live incidents, and those of them that tell of a ticket that opens. */
  messages: number;
  openingMessages: number;
  /** Of drills, to anybody who takes no part in them: must be none. */
  drillMessages: number;
  /** Work orders of upkeep. */
  upkeep: number;
  /** Messages that nobody understood. */
  quarantined: number;
  /** Events that a stolen secret got stored in another's name. */
  forged: number;
}

export interface AftermathScope {
  /** Ms since 1970. */
  since: number;
  live: readonly string[];
  /** Devices in whose name somebody spoke. */
  forgedDevices: readonly string[];
}

export async function countAftermath(db: ClientBase, scope: AftermathScope): Promise<Aftermath> {
  const { since, live, forgedDevices } = scope;
  const { rows } = await db.query<Aftermath>(
    `select (select count(*) from fenghuo.delivery where incident = any($2) and made_at >= t.since)::float8 as messages,
            (select count(*) from fenghuo.delivery
             where incident = any($2) and made_at >= t.since and kind = 'opened')::float8 as "openingMessages",
            (select count(*) from fenghuo.delivery m
             where made_at >= t.since and m.run is not null and not exists
                     (select from fenghuo.drill d where d.id = m.run and d.doc -> 'participants' ? m.person))::float8 as "drillMessages",
            (select count(*) from fenghuo.upkeep where opened_at >= t.since)::float8 as upkeep,
            (select count(*) from fenghuo.quarantine where received_at >= t.since)::float8 as quarantined,
            (select count(*) from fenghuo.event e join fenghuo.device d on d.no = e.device
             where d.id = any($3) and e.received_at >= t.since and e.attrs @> '{"forged": true}')::float8 as forged
     from (select to_timestamp($1::float8 / 1000) as since) as t`,
    [since, live, forgedDevices],
  );
  return rows[0]!;
}
