import type { Logger } from 'pino';
import { StartupError } from '../../startup-error.ts';
import type { Queryable } from '../queryable.ts';
import { findEventStorage } from '../sql/find-event-storage.ts';
import { installTimescale, offersTimescale } from '../sql/install-timescale.ts';
import { makeEventHypertable } from '../sql/make-event-hypertable.ts';
import { PlainPartitions } from './plain-partitions.ts';
import type { TimeSeries } from './time-series.ts';
import { Timescale } from './timescale.ts';

/** `auto`: a new database is made on TimescaleDB where the server brings it. */
export type TimescaleWish = 'auto' | 'off';

/** How this database stores events. It was decided when it was made. */
export async function findTimeSeries(db: Queryable): Promise<TimeSeries> {
  return (await findEventStorage(db)) === 'timescale' ? new Timescale() : new PlainPartitions();
}

/**
 * Decides how a new database stores events, and makes it so; an older one stays as it is. A server that brings
 * TimescaleDB and cannot use it is refused: afterwards there would be no way back from plain partitions.
 */
export async function createTimeSeries(
  owner: Queryable,
  wish: TimescaleWish,
  log: Logger,
): Promise<TimeSeries> {
  const undecided = (await findEventStorage(owner)) === 'undecided';
  if (undecided && wish === 'auto' && (await offersTimescale(owner))) {
    const options = await installTimescale(owner).catch(refuse);
    await makeEventHypertable(owner, options);
    log.info(options, 'events are stored by TimescaleDB');
  }
  return findTimeSeries(owner);
}

function refuse(error: unknown): never {
  const message = error instanceof Error ? error.message : String(error);
  const sentence = `The database server brings TimescaleDB and cannot use it: ${message}. Put that right, or set FENGHUO_TIMESCALE=off.`;
  throw new StartupError('migration', sentence, { cause: error });
}
