import type { CarrierSourceList } from '@fenghuo/contracts/carrier.ts';
import type { Queryable } from '../queryable.ts';

/** Every source of the county, revoked ones too. */
export async function listCarrierSources(
  db: Queryable,
  county: string,
): Promise<CarrierSourceList['sources']> {
  const { rows } = await db.query<CarrierSourceList['sources'][number]>(
    `select source, dialect, area, issued_by as "issuedBy",
            (extract(epoch from issued_at) * 1000)::float8 as "issuedAt",
            (extract(epoch from revoked_at) * 1000)::float8 as "revokedAt"
     from fenghuo.carrier_source where county = $1 order by source`,
    [county],
  );
  return rows;
}
