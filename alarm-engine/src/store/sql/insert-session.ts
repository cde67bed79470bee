import type { Queryable } from '../queryable.ts';

export interface NewSession {
  tokenHash: Buffer;
  account: string;
  createdAt: Date;
  expiresAt: Date;
}

export async function insertSession(db: Queryable, session: NewSession): Promise<void> {
  await db.query(
    `insert into fenghuo.session (token_hash, account, created_at, last_used_at, expires_at)
     values ($1, $2, $3, $3, $4)`,
    [session.tokenHash, session.account, session.createdAt, session.expiresAt],
  );
}
