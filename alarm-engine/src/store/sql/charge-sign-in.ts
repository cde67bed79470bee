import type { Queryable } from '../queryable.ts';

export interface SignInCharge {
  name: string;
  /** Failures that the caller saw. */
  seen: number;
  failures: number;
  lockedUntil: Date | null;
}

/**
 * Counts an attempt before its password is looked at, so that a hundred at once are not a hundred guesses.
 * False when another attempt came in between: read the account again.
 */
export async function chargeSignIn(db: Queryable, charge: SignInCharge): Promise<boolean> {
  const { rowCount } = await db.query(
    `update fenghuo.account set failures = $3, locked_until = $4
     where name = $1 and failures = $2`,
    [charge.name, charge.seen, charge.failures, charge.lockedUntil],
  );
  return rowCount === 1;
}
