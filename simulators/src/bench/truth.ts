import { Client } from 'pg';
import { Failure } from '../station/failure.ts';
import { type AlarmCount, countAlarms } from './sql/count-alarms.ts';
import { countEvents, type EventCount } from './sql/count-events.ts';
import { listHighAlarms } from './sql/list-high-alarms.ts';
import { makeAcknowledged } from './sql/make-acknowledged.ts';
import { makeSuspects } from './sql/make-suspects.ts';
import { readDurability } from './sql/read-durability.ts';

export type Truth = EventCount & AlarmCount;

/** What became of a flood, read from the database in sets: the generator's word is held against it. */
export async function readTruth(databaseUrl: string, acknowledgedFile: string): Promise<Truth> {
  return connected(databaseUrl, async (db) => {
    await makeAcknowledged(db, acknowledgedFile);
    await makeSuspects(db);
    return { ...(await countEvents(db)), ...(await countAlarms(db)) };
  });
}

/** The high alarms of a flood, with the moment at which each was meant to leave. */
export async function readHighAlarms(databaseUrl: string, acknowledgedFile: string) {
  return connected(databaseUrl, async (db) => {
    await makeAcknowledged(db, acknowledgedFile);
    return listHighAlarms(db);
  });
}

/** A number is worth nothing when what it counts would not survive a power cut. */
export async function requireDurable(databaseUrl: string): Promise<void> {
  const found = await connected(databaseUrl, readDurability);
  const { fsync, synchronousCommit, fullPageWrites, unloggedTables } = found;
  const faults = [
    ...(fsync === 'on' ? [] : [`fsync is ${fsync}`]),
    ...(synchronousCommit === 'on' ? [] : [`synchronous_commit is ${synchronousCommit}`]),
    ...(fullPageWrites === 'on' ? [] : [`full_page_writes is ${fullPageWrites}`]),
    ...unloggedTables.map((name) => `${name} is unlogged`),
  ];
  if (faults.length > 0)
    throw new Failure('unsafe-database', `The database is not safe: ${faults.join(', ')}.`);
}

async function connected<T>(databaseUrl: string, work: (db: Client) => Promise<T>): Promise<T> {
  const db = new Client({ connectionString: databaseUrl });
  await db.connect();
  try {
    return await work(db);
  } finally {
    await db.end();
  }
}
