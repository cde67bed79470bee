import type { Queryable } from '../store/queryable.ts';
import { lockRollup, moveRollup, type RollupName, type RollupStretch } from '../store/sql/lock-rollup.ts';
import { rollUpAlarms } from '../store/sql/roll-up-alarms.ts';
import { rollUpEvents } from '../store/sql/roll-up-events.ts';

const count: Record<RollupName, (db: Queryable, county: string, stretch: RollupStretch) => Promise<void>> = {
  events: rollUpEvents,
  alarms: rollUpAlarms,
};

/**
 * Counts the next stretch of one rollup in a transaction of its own, together with the mark of how far it came: each
 * input once, whoever is killed where. `db` is one connection. False when nothing was left to count.
 */
export async function rollUp(db: Queryable, county: string, name: RollupName): Promise<boolean> {
  await db.query('begin');
  try {
    const stretch = await lockRollup(db, county, name);
    if (stretch !== null) {
      await count[name](db, county, stretch);
      await moveRollup(db, county, name, stretch.upTo);
    }
    await db.query('commit');
    return stretch !== null;
  } catch (error) {
    await db.query('rollback').catch(() => {});
    throw error;
  }
}
