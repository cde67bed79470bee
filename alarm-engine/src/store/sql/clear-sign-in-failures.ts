import type { Queryable } from '../queryable.ts';

/** The right password was given: earlier failures are forgotten. */
export async function clearSignInFailures(db: Queryable, name: string): Promise<void> {
  await db.query('update fenghuo.account set failures = 0, locked_until = null where name = $1', [name]);
}
