import type { ClientBase } from 'pg';

/**
 * Makes a county that has nothing yet but its code: enough for the station to run, to take in devices that
 * speak before they are registered, and to be filled by an import later. Changes nothing when it exists.
 */
export async function foundCounty(client: ClientBase, code: string): Promise<void> {
  await client.query(
    `with county as (
       insert into fenghuo.county (code, name_zh, name_en, case_prefix, demo)
       values ($1, $1 || ' 市', 'County ' || $1, 'FH', false) on conflict do nothing returning code
     ), area as (
       insert into fenghuo.area (code, county, level, name_zh, name_en, lon, lat)
       select code, code, 'county', code || ' 市', 'County ' || code, 0, 0 from county
     ), directory as (
       insert into fenghuo.directory (county, no) select code, 1 from county
     )
     insert into fenghuo.unit (id, county, level, area, name_zh, name_en, lon, lat, capabilities)
     select code || '-centre', code, 'county', code, '指挥中心', 'Command centre', 0, 0, '{}' from county`,
    [code],
  );
}
