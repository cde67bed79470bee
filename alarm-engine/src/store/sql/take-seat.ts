import type { Queryable } from '../queryable.ts';

/** Notes where a session sits and tells every web process, whose screens show it (channel `fenghuo_seat`). */
export async function takeSeat(db: Queryable, tokenHash: Buffer, seat: string): Promise<void> {
  await db.query(
    `with taken as (update fenghuo.session set seat = $2 where token_hash = $1 returning token_hash)
     select pg_notify('fenghuo_seat', encode(token_hash, 'hex')) from taken`,
    [tokenHash, seat],
  );
}
