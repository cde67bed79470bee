import type { Queryable } from '../queryable.ts';

interface OwnPassword {
  county: string;
  name: string;
  passwordHash: string;
  /** The one that was proved: when it is another by now, nothing is changed. */
  proved: string;
  /** Of the session that stays. */
  tokenHash: Buffer;
}

/** Somebody's own new password; their other sessions are over. False when somebody else changed it meanwhile. */
export async function changeOwnPassword(db: Queryable, own: OwnPassword): Promise<boolean> {
  const { rows } = await db.query<{ changed: number }>(
    `with changed as (
       update fenghuo.account set password_hash = $3
       where county = $1 and name = $2 and password_hash = $4 returning name
     ), gone as (
       delete from fenghuo.session s using changed
       where s.account = changed.name and s.token_hash <> $5 returning s.token_hash
     )
     select (select count(*)::int from changed) as changed,
            count(pg_notify('fenghuo_session', encode(token_hash, 'hex')))
     from gone`,
    [own.county, own.name, own.passwordHash, own.proved, own.tokenHash],
  );
  return rows[0]?.changed === 1;
}
