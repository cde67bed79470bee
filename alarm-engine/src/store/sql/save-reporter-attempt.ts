import type { DeliveryReason, DeliveryState } from '@fenghuo/contracts/deliveries.ts';
import type { Queryable } from '../queryable.ts';

/** Writes down what became of one attempt to tell a reporter. What is settled stays as it is. */
export async function saveReporterAttempt(
  db: Queryable,
  attempt: { message: string; state: DeliveryState; reason: DeliveryReason | null },
): Promise<void> {
  await db.query(
    `update fenghuo.report_message
     set state = $2, reason = $3, attempts = attempts + 1,
         settled_at = case when $2 <> 'waiting' then clock_timestamp() end
     where id = $1 and state = 'waiting'`,
    [attempt.message, attempt.state, attempt.reason],
  );
}
