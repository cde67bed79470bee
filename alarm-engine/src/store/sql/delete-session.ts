import type { Queryable } from '../queryable.ts';

/** Ends a session and tells every web process, so that its sockets are closed (channel `fenghuo_session`). */
export async function deleteSession(db: Queryable, tokenHash: Buffer): Promise<void> {
  await db.query(
    `with gone as (delete from fenghuo.session where token_hash = $1 returning token_hash)
     select pg_notify('fenghuo_session', encode(token_hash, 'hex')) from gone`,
    [tokenHash],
  );
}
