import type {
  BuildingRegistration,
  PersonRegistration,
  UnitRegistration,
} from '@fenghuo/contracts/registry.ts';
import type { Queryable } from '../queryable.ts';

/** What a county has of what a file names; areas all. */
export interface NamedThings {
  areas: ReadonlySet<string>;
  buildings: ReadonlyMap<string, BuildingRegistration>;
  units: ReadonlyMap<string, UnitRegistration>;
  people: ReadonlyMap<string, PersonRegistration>;
}

/** Members stand in the order of the schemas, in which what is compared with them has them. */
export async function findNamedInFile(
  db: Queryable,
  county: string,
  named: { buildings: readonly string[]; units: readonly string[]; people: readonly string[] },
): Promise<NamedThings> {
  const { rows } = await db.query<{
    areas: string[] | null;
    buildings: BuildingRegistration[] | null;
    units: UnitRegistration[] | null;
    people: PersonRegistration[] | null;
  }>(
    `select (select array_agg(code) from fenghuo.area where county = $1) as areas,
       (select json_agg(json_build_object('id', id, 'area', area, 'nameZh', name_zh, 'nameEn', name_en, 'use', use,
          'floors', floors, 'lon', lon, 'lat', lat, 'footprint', footprint,
          'keyholder', case when keyholder_name is not null then
            json_build_object('name', keyholder_name, 'phone', coalesce(keyholder_phone, '')) end))
        from fenghuo.building where county = $1 and id = any ($2)) as buildings,
       (select json_agg(json_build_object('id', id, 'level', level, 'area', area, 'parent', parent,
          'nameZh', name_zh, 'nameEn', name_en, 'lon', lon, 'lat', lat, 'capabilities', to_json(capabilities)))
        from fenghuo.unit where county = $1 and id = any ($3)) as units,
       (select json_agg(json_build_object('id', p.id, 'unit', p.unit, 'name', p.name, 'post', p.post,
          'phone', p.phone, 'onDuty', p.on_duty, 'dutyPost', p.duty_post))
        from fenghuo.person p join fenghuo.unit u on u.id = p.unit
        where u.county = $1 and p.id = any ($4)) as people`,
    [county, named.buildings, named.units, named.people],
  );
  const found = rows[0]!;
  const byId = <T extends { id: string }>(list: T[] | null) => new Map(list?.map((one) => [one.id, one]));
  return {
    areas: new Set(found.areas),
    buildings: byId(found.buildings),
    units: byId(found.units),
    people: byId(found.people),
  };
}
