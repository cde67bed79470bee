import type { Words } from '@fenghuo/contracts/words.ts';
import type { ClientBase } from 'pg';
import {
  type CountyIdentity,
  type DeviceRow,
  type RegisteredBuilding,
  type RegisteredPerson,
  type RegisteredUnit,
  Registry,
} from '../../registry/registry.ts';

/**
 * Loads the county into memory; null when there is no such county yet. 0.9 s for 212,000 devices and 12,000
 * buildings.
 */
export async function loadRegistry(client: ClientBase, county: string): Promise<Registry | null> {
  const identity = await loadCounty(client, county);
  if (identity === null) return null;
  const registry = new Registry(identity);
  for (const { code, name } of await loadAreaNames(client, county)) registry.areaNames.set(code, name);
  for (const building of await loadBuildings(client, county)) registry.buildings.set(building.id, building);
  for (const unit of await loadUnits(client, county)) registry.addUnit(unit);
  for (const person of await loadPeople(client, county)) registry.addPerson(person);
  await loadDevices(client, registry);
  return registry;
}

async function loadCounty(client: ClientBase, county: string): Promise<CountyIdentity | null> {
  const found = await client.query<{ name_zh: string; name_en: string; case_prefix: string; demo: boolean }>(
    `select name_zh, name_en, case_prefix, demo from fenghuo.county where code = $1`,
    [county],
  );
  const row = found.rows[0];
  if (row === undefined) return null;
  return {
    code: county,
    name: { zh: row.name_zh, en: row.name_en },
    casePrefix: row.case_prefix,
    demo: row.demo,
  };
}

/** Both languages of a name; where there is no English, the Chinese one. */
const nameWords = `jsonb_build_object('zh', name_zh, 'en', coalesce(name_en, name_zh)) as name`;

async function loadAreaNames(client: ClientBase, county: string): Promise<{ code: string; name: Words }[]> {
  const found = await client.query<{ code: string; name: Words }>(
    `select code, ${nameWords} from fenghuo.area where county = $1`,
    [county],
  );
  return found.rows;
}

async function loadBuildings(client: ClientBase, county: string): Promise<RegisteredBuilding[]> {
  const found = await client.query<RegisteredBuilding>(
    `select id, area, ${nameWords}, use, floors, lon, lat from fenghuo.building where county = $1`,
    [county],
  );
  return found.rows;
}

async function loadUnits(client: ClientBase, county: string): Promise<RegisteredUnit[]> {
  const found = await client.query<RegisteredUnit>(
    `select id, level, area, parent, ${nameWords}, lon, lat, capabilities
     from fenghuo.unit where county = $1 order by id`,
    [county],
  );
  return found.rows;
}

/** As the estate has them: what was changed since is the engine's state. */
async function loadPeople(client: ClientBase, county: string): Promise<RegisteredPerson[]> {
  const found = await client.query<RegisteredPerson>(
    `select p.id, p.unit, p.duty_post as post, p.on_duty as "onDuty"
     from fenghuo.person p join fenghuo.unit u on u.id = p.unit where u.county = $1 order by p.id collate "C"`,
    [county],
  );
  return found.rows;
}

/** Loads the devices that the registry does not have yet. A parent may have a higher number than what hangs on it. */
export async function loadDevices(client: ClientBase, registry: Registry): Promise<void> {
  const found = await client.query<DeviceRow & { code: string | null; parent: string | null }>(
    `select no, id, type, area, building, floor, room, lon, lat, camera ->> 'code' as code, parent
     from fenghuo.device where county = $1 and no >= $2 order by no`,
    [registry.county.code, registry.deviceCount],
  );
  for (const { code, parent: _, ...device } of found.rows) {
    registry.addDevice(device);
    if (code !== null) registry.cameraCodes.set(device.id, code);
  }
  for (const { no, parent } of found.rows) if (parent !== null) registry.setParent(no, parent);
}
