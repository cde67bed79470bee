import type { EstateCounty } from '@fenghuo/contracts/estate.ts';
import type { Queryable } from '../queryable.ts';

/** Stores the county, or its new names. The database refuses (23514) to take back a mark of demo data. */
export async function upsertCounty(database: Queryable, county: EstateCounty): Promise<void> {
  await database.query(
    `insert into fenghuo.county (code, name_zh, name_en, case_prefix, seed, demo)
     values ($1, $2, $3, $4, $5, $6)
     on conflict (code) do update
       set name_zh = excluded.name_zh, name_en = excluded.name_en, case_prefix = excluded.case_prefix,
           seed = excluded.seed, demo = excluded.demo`,
    [county.code, county.nameZh, county.nameEn, county.casePrefix, county.seed, county.demo],
  );
}
