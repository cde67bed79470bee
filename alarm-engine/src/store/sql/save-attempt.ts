import type { DeliveryReason, DeliveryState } from '@fenghuo/contracts/deliveries.ts';
import type { Queryable } from '../queryable.ts';

/** What became of one attempt to deliver. */
export interface Attempt {
  delivery: string;
  /** `waiting`: another attempt follows. */
  state: DeliveryState;
  reason: DeliveryReason | null;
}

/** Writes down what became of an attempt. A delivery that is settled stays as it is. */
export async function saveAttempt(db: Queryable, { delivery, state, reason }: Attempt): Promise<void> {
  await db.query(
    `update fenghuo.delivery
     set state = $2, reason = $3, attempts = attempts + 1, tried_at = clock_timestamp(),
         settled_at = case when $2 <> 'waiting' then clock_timestamp() end
     where id = $1 and state = 'waiting'`,
    [delivery, state, reason],
  );
}
