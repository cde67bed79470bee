import type { Queryable } from '../queryable.ts';

export interface NewWallPairing {
  county: string;
  deviceHash: Buffer;
  userHash: Buffer;
  address: string;
  now: Date;
  expiresAt: Date;
  intervalS: number;
  /** Pairings that one address may have under way. */
  limit: number;
}

/** Begins a pairing and sweeps those that are over. False when this address has too many under way. */
export async function insertWallPairing(db: Queryable, pairing: NewWallPairing): Promise<boolean> {
  const { county, deviceHash, userHash, address, now, expiresAt, intervalS, limit } = pairing;
  const { rowCount } = await db.query(
    `with swept as (delete from fenghuo.wall_pairing where expires_at <= $5)
     insert into fenghuo.wall_pairing (county, device_hash, user_hash, address, asked_at, expires_at, interval_s)
     select $1, $2, $3, $4, $5, $6, $7
     where (select count(*) from fenghuo.wall_pairing where address = $4 and expires_at > $5) < $8`,
    [county, deviceHash, userHash, address, now, expiresAt, intervalS, limit],
  );
  return rowCount === 1;
}
