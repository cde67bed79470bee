import { Client } from 'pg';
import { type Aftermath, countAftermath } from './sql/count-aftermath.ts';
import { countStored, type StoredCount } from './sql/count-stored.ts';
import { type FoundAlarm, listAlarms } from './sql/list-alarms.ts';
import { type FoundTicket, listTickets } from './sql/list-tickets.ts';
import { type LedgerRow, makeLedger } from './sql/make-ledger.ts';

/** What the database holds of a run: the generator's word counts for nothing here. */
export interface Facts {
  stored: StoredCount;
  alarms: FoundAlarm[];
  tickets: FoundTicket[];
  aftermath: Aftermath;
  /** Version of the database server. */
  postgres: string;
}

export interface FactsWanted {
  databaseUrl: string;
  ledger: Iterable<LedgerRow>;
  since: number;
  run: string | null;
  /** Everything was said in that run. */
  inDrill: boolean;
  /** Nobody else speaks to this station. */
  isOurs: boolean;
  forgedDevices: readonly string[];
}

export async function readFacts(wanted: FactsWanted): Promise<Facts> {
  const { since, run, inDrill, isOurs: all } = wanted;
  const db = new Client({ connectionString: wanted.databaseUrl });
  await db.connect();
  try {
    await makeLedger(db, wanted.ledger);
    const stored = await countStored(db);
    const alarms = await listAlarms(db, { since, run, inDrill, all });
    const tickets = await listTickets(db, since, incidentsOf(alarms));
    const aftermath = await countAftermath(db, {
      since,
      live: incidentsOf(alarms.filter((alarm) => alarm.run === null)),
      forgedDevices: wanted.forgedDevices,
    });
    const { rows } = await db.query<{ server_version: string }>('show server_version');
    return { stored, alarms, tickets, aftermath, postgres: rows[0]!.server_version };
  } finally {
    await db.end();
  }
}

export function incidentsOf(alarms: readonly FoundAlarm[]): string[] {
  return [...new Set(alarms.flatMap(({ incident }) => (incident === null ? [] : [incident])))];
}
