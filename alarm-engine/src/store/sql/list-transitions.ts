import type { HistoryTransition } from '@fenghuo/contracts/history.ts';
import type { Queryable } from '../queryable.ts';
import { type PastWish, pastValues } from './list-past-alarms.ts';

/** The step that the previous page ended with. */
interface TransitionPlace {
  at: number;
  alarm: string;
  version: number;
}

export interface TransitionsWish extends PastWish {
  alarm: string | null;
  before: TransitionPlace | null;
}

/** What {@link listTransitions} runs, with its values. */
export function listTransitionsStatement(wish: TransitionsWish) {
  const { before, alarm, limit } = wish;
  return {
    text: `
      select no::float8 as no, alarm, version, (extract(epoch from at) * 1000)::float8 as at, run, device, rule, kind,
             area, building, severity, from_state as from, to_state as to, why, actor
      from fenghuo.alarm_transition
      where county = $1 and area like $2 and (run = $3 or $3::text is null and run is null)
        and ($4::text is null or device = $4) and ($5::text is null or building = $5)
        and ($6::text is null or kind = $6) and ($7::text is null or severity = $7)
        and ($8::text is null or to_state = $8)
        and ($9::float8 is null or at >= to_timestamp($9 / 1000))
        and ($10::float8 is null or at < to_timestamp($10 / 1000))
        and ($11::float8 is null or at <= to_timestamp($11 / 1000))
        and ($11::float8 is null or (at, alarm, version) < (to_timestamp($11 / 1000), $12, $13))
        and ($14::text is null or alarm = $14)
      order by alarm_transition.at desc, alarm desc, version desc limit $15`,
    values: [
      ...pastValues(wish),
      ...[before?.at ?? null, before?.alarm ?? null, before?.version ?? null, alarm, limit],
    ],
  };
}

/** Steps of alarms by engine time, newest first. */
export async function listTransitions(db: Queryable, wish: TransitionsWish): Promise<HistoryTransition[]> {
  const { text, values } = listTransitionsStatement(wish);
  return (await db.query<HistoryTransition>(text, values)).rows;
}
