import type { Statement } from '../statement-batch.ts';

/**
 * Fails as a twin would when an odd event lies between these device times, ms: one that came too early, and whose
 * twin may be in the batch that is to be copied into the hypertable. `isKnownEvent` knows the error.
 */
export function refuseOddTwins(from: number, to: number): Statement {
  return {
    name: 'refuse-odd-twins',
    text: `select fenghuo.refuse_odd_twins(to_timestamp($1::float8 / 1000), to_timestamp($2::float8 / 1000))`,
    values: [from, to],
  };
}
