import type { CarrierSourceRequest } from '@fenghuo/contracts/carrier.ts';
import type { Queryable } from '../queryable.ts';

export interface NewCarrierSource extends CarrierSourceRequest {
  county: string;
  secretHash: Buffer;
  issuedBy: string;
}

/** Stores a source; a revoked one of the same name is made anew. False when one of this name stands. */
export async function insertCarrierSource(db: Queryable, source: NewCarrierSource): Promise<boolean> {
  const { rowCount } = await db.query(
    `insert into fenghuo.carrier_source as c (source, county, dialect, area, secret_hash, issued_by)
     values ($1, $2, $3, $4, $5, $6)
     on conflict (source) do update set dialect = excluded.dialect, area = excluded.area,
       secret_hash = excluded.secret_hash, issued_at = now(), issued_by = excluded.issued_by, revoked_at = null
     where c.county = excluded.county and c.revoked_at is not null`,
    [source.source, source.county, source.dialect, source.area, source.secretHash, source.issuedBy],
  );
  return rowCount === 1;
}
