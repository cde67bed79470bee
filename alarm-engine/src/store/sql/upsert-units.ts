import type { UnitRegistration } from '@fenghuo/contracts/registry.ts';
import type { Statement } from '../statement-batch.ts';

/** Registers units of the chain, new or changed, and tells everybody that the directory changed. */
export function upsertUnits(county: string, units: readonly UnitRegistration[]): Statement {
  return {
    name: 'upsert-units',
    text: `
      with kept as (
        insert into fenghuo.unit (id, county, level, area, parent, name_zh, name_en, lon, lat, capabilities)
        select id, $1, level, area, parent, "nameZh", "nameEn", lon, lat,
               array(select jsonb_array_elements_text(capabilities))
        from json_to_recordset($2)
          as u (id text, level text, area text, parent text, "nameZh" text, "nameEn" text, lon float8, lat float8,
                capabilities jsonb)
        on conflict (id) do update set
          area = excluded.area, parent = excluded.parent, name_zh = excluded.name_zh, name_en = excluded.name_en,
          lon = excluded.lon, lat = excluded.lat, capabilities = excluded.capabilities
      )
      select pg_notify('fenghuo_directory', $1 || ':' || fenghuo.bump_directory($1))`,
    values: [county, JSON.stringify(units)],
  };
}
