import type { Queryable } from '../queryable.ts';

/** A message that somebody wants to be processed again. */
export interface WaitingMessage {
  no: number;
  receivedAt: number;
  reason: string;
  principal: string | null;
  topic: string;
  retained: boolean;
  bytes: Buffer;
}

/** Messages that wait for reprocessing, oldest first, at most `limit`. */
export async function loadWaitingQuarantine(
  db: Queryable,
  county: string,
  limit: number,
): Promise<WaitingMessage[]> {
  const { rows } = await db.query<WaitingMessage>({
    name: 'load-waiting-quarantine',
    text: `select no, (extract(epoch from received_at) * 1000)::float8 as "receivedAt", reason, principal, topic,
                  retained, bytes
           from fenghuo.quarantine where county = $1 and outcome = 'waiting' order by no limit $2`,
    values: [county, limit],
  });
  return rows;
}
