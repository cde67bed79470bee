import type { EventKind, ReportedState } from '@fenghuo/contracts/words.ts';
import type { Queryable } from '../queryable.ts';

/** A stored event that was not normal, as far as windows ask for it. Times are ms since 1970. */
export interface StoredSignal {
  device: number;
  at: number;
  receivedAt: number;
  kind: EventKind;
  state: ReportedState;
  late: boolean;
  /** Null: live. */
  run: string | null;
}

/** Events that were not normal within `keptMs` before the newest batch, in the order in which the writer took them. */
export async function listRecentSignals(
  db: Queryable,
  county: string,
  keptMs: number,
): Promise<StoredSignal[]> {
  const { rows } = await db.query<StoredSignal>(
    `with newest as (
       select engine_at from fenghuo.input_batch where county = $1 order by last_no desc limit 1
     ), since as (
       select min(first_no) as no from fenghuo.input_batch, newest
       where county = $1 and input_batch.engine_at >= newest.engine_at - $2 * interval '1 ms'
     )
     select device, (extract(epoch from at) * 1000)::float8 as at,
            (extract(epoch from received_at) * 1000)::float8 as "receivedAt",
            kind, state, flags & 1 = 1 as late, nullif(run, '') as run
     from fenghuo.event
     where no >= (select no from since) and state <> 'normal' and state <> 'test'
       and kind not in ('restore', 'test') and flags & 4 = 0
     order by no`,
    [county, keptMs],
  );
  return rows;
}
