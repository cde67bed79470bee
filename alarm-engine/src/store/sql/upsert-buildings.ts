import type { BuildingRegistration } from '@fenghuo/contracts/registry.ts';
import type { Statement } from '../statement-batch.ts';

/** Registers buildings, new or changed, and tells everybody that the directory changed. */
export function upsertBuildings(county: string, buildings: readonly BuildingRegistration[]): Statement {
  const rows = buildings.map(({ keyholder, ...building }) => ({
    ...building,
    holder: keyholder?.name ?? null,
    phone: keyholder?.phone ?? null,
  }));
  return {
    name: 'upsert-buildings',
    text: `
      with kept as (
        insert into fenghuo.building (id, county, area, name_zh, name_en, use, floors, lon, lat, footprint,
                                      keyholder_name, keyholder_phone)
        select id, $1, area, "nameZh", "nameEn", use, floors, lon, lat, footprint, holder, phone
        from json_to_recordset($2)
          as b (id text, area text, "nameZh" text, "nameEn" text, use text, floors int, lon float8, lat float8,
                footprint jsonb, holder text, phone text)
        on conflict (id) do update set
          area = excluded.area, name_zh = excluded.name_zh, name_en = excluded.name_en, use = excluded.use,
          floors = excluded.floors, lon = excluded.lon, lat = excluded.lat, footprint = excluded.footprint,
          keyholder_name = excluded.keyholder_name, keyholder_phone = excluded.keyholder_phone
      )
      select pg_notify('fenghuo_directory', $1 || ':' || fenghuo.bump_directory($1))`,
    values: [county, JSON.stringify(rows)],
  };
}
