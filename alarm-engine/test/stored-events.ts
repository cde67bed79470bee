import type { Queryable } from '../src/store/queryable.ts';
import { findEventStorage } from '../src/store/sql/find-event-storage.ts';

/** Where events that have a day are stored by this database. */
export async function tableOfDays(db: Queryable): Promise<'fenghuo.event' | 'fenghuo.event_chunked'> {
  return (await findEventStorage(db)) === 'timescale' ? 'fenghuo.event_chunked' : 'fenghuo.event';
}

const columns = 'device, at, ident, no, received_at, kind, state, flags, run, value, attrs';
const timely = `at > now() - interval '100 days' and at < now() + interval '1 day'`;

/**
 * Stores events as `select` gives them, in the order of these columns: device, at, ident, no, received_at, kind, state,
 * flags, run, value, attrs. Odd times go where they lie on either kind of storage.
 */
export async function storeEvents(db: Queryable, select: string, values: unknown[] = []): Promise<void> {
  if ((await tableOfDays(db)) === 'fenghuo.event') {
    await db.query(`insert into fenghuo.event (${columns}) ${select}`, values);
    return;
  }
  await db.query(
    `with arrival (${columns}) as materialized (${select}), timely as (
       insert into fenghuo.event_chunked (${columns}) select * from arrival where ${timely}
     )
     insert into fenghuo.event_elsewhere (${columns}) select * from arrival where not (${timely})`,
    values,
  );
}
