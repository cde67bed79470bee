import type { CarrierDialect } from '@fenghuo/contracts/carrier.ts';
import type { Queryable } from '../queryable.ts';

export interface CarrierSourceRow {
  source: string;
  dialect: CarrierDialect;
  area: string;
  secretHash: Buffer;
  revoked: boolean;
}

/** A source by its name, or null. */
export async function findCarrierSource(
  db: Queryable,
  query: { county: string; source: string },
): Promise<CarrierSourceRow | null> {
  const { rows } = await db.query<CarrierSourceRow>({
    name: 'find-carrier-source',
    text: `select source, dialect, area, secret_hash as "secretHash", revoked_at is not null as revoked
           from fenghuo.carrier_source where county = $1 and source = $2`,
    values: [query.county, query.source],
  });
  return rows[0] ?? null;
}
