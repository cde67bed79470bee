import type { DeviceType } from '@fenghuo/contracts/words.ts';
import type { ClientBase } from 'pg';
import {
  type CountyIdentity,
  type DeviceRow,
  type RegisteredUnit,
  Registry,
} from '../../registry/registry.ts';

type Row = (string | null)[];

/**
 * Loads the county into memory; null when there is no such county yet. `onSeen` hears when each device was last
 * heard (number, ms since 1970). Rows come as arrays of text, since
 * building 212,000 objects by column name costs as much again.
 */
export async function loadRegistry(
  client: ClientBase,
  county: string,
  onSeen: (no: number, at: number) => void,
): Promise<Registry | null> {
  const identity = await loadCounty(client, county);
  if (identity === null) return null;
  const registry = new Registry(identity);
  const rows = async (text: string) =>
    (await client.query<Row>({ text, values: [county], rowMode: 'array' })).rows as unknown as never[][];
  for (const [code, zh, en] of await rows(
    `select code, name_zh, name_en from fenghuo.area where county = $1`,
  ))
    registry.areaNames.set(code!, { zh: zh!, en: en ?? zh! });
  for (const [id, area, zh, en, use, floors, lon, lat] of await rows(
    `select id, area, name_zh, name_en, use, floors, lon, lat from fenghuo.building where county = $1`,
  ))
    registry.buildings.set(id!, {
      id: id!,
      area: area!,
      name: { zh: zh!, en: en ?? zh! },
      use: use!,
      floors: floors!,
      lon: lon!,
      lat: lat!,
    });
  for (const unit of await loadUnits(client, county)) registry.units.set(unit.id, unit);
  await loadDevices(client, registry, onSeen);
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

async function loadUnits(client: ClientBase, county: string): Promise<RegisteredUnit[]> {
  const found = await client.query<RegisteredUnit>(
    `select id, level, area, parent, jsonb_build_object('zh', name_zh, 'en', name_en) as name, lon, lat, capabilities
     from fenghuo.unit where county = $1 order by id`,
    [county],
  );
  return found.rows;
}

async function loadDevices(
  client: ClientBase,
  registry: Registry,
  onSeen: (no: number, at: number) => void,
): Promise<void> {
  const found = await client.query({
    text: `select no, id, type, area, building, floor, room, lon, lat, camera ->> 'code',
                  extract(epoch from last_seen_at)::float8 * 1000
           from fenghuo.device where county = $1 order by no`,
    values: [registry.county.code],
    rowMode: 'array',
  });
  for (const row of found.rows as unknown[][]) {
    const [no, id, type, area, building, floor, room, lon, lat, code, seenAt] = row;
    const device = { no, id, type, area, building, floor, room, lon, lat } as DeviceRow & {
      type: DeviceType;
    };
    registry.addDevice(device);
    if (typeof seenAt === 'number') onSeen(device.no, seenAt);
    if (typeof code === 'string') registry.cameraCodes.set(device.id, code);
  }
}
