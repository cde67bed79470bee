import type { Queryable } from '../queryable.ts';

export interface NewApiToken {
  county: string;
  name: string;
  account: string;
  tokenHash: Buffer;
  area: string;
  rights: readonly string[];
  now: Date;
  expiresAt: Date;
}

/** Stores a token; one of this name that is revoked or over is made anew. False when one of this name stands. */
export async function insertApiToken(db: Queryable, token: NewApiToken): Promise<boolean> {
  const { county, name, account, tokenHash, area, rights, now, expiresAt } = token;
  const { rowCount } = await db.query(
    `insert into fenghuo.api_token as t (county, name, account, token_hash, area, rights, issued_at, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict (county, name) do update set account = excluded.account, token_hash = excluded.token_hash,
       area = excluded.area, rights = excluded.rights, issued_at = excluded.issued_at,
       expires_at = excluded.expires_at, last_used_at = null, revoked_at = null
     where t.revoked_at is not null or t.expires_at <= $7`,
    [county, name, account, tokenHash, area, rights, now, expiresAt],
  );
  return rowCount === 1;
}
