import type { DeviceRegistration } from '@fenghuo/contracts/registry.ts';
import type { KnownEstate } from '../../registry/device-import/check-devices.ts';
import type { Queryable } from '../queryable.ts';

/** What is asked after: ids that rows name. */
export interface NamedInFile {
  buildings: readonly string[];
  devices: readonly string[];
  cameraCodes: readonly string[];
}

/** What a county has of what a file names; areas all. */
export async function findKnownEstate(
  db: Queryable,
  county: string,
  { buildings, devices, cameraCodes }: NamedInFile,
): Promise<KnownEstate> {
  const { rows } = await db.query<{
    areas: string[] | null;
    buildings: { id: string; area: string; lon: number; lat: number }[] | null;
    devices: (DeviceRegistration & { adopted: boolean })[] | null;
    codes: { code: string; id: string }[] | null;
  }>(
    `select (select array_agg(code) from fenghuo.area where county = $1) as areas,
            (select jsonb_agg(jsonb_build_object('id', id, 'area', area, 'lon', lon, 'lat', lat))
             from fenghuo.building where county = $1 and id = any ($2)) as buildings,
            (select jsonb_agg(jsonb_build_object('adopted', adopted, 'id', id, 'type', type, 'area', area,
               'building', building, 'floor', floor, 'room', room, 'lon', lon, 'lat', lat, 'parent', parent,
               'camera', camera))
             from fenghuo.device where county = $1 and id = any ($3)) as devices,
            (select jsonb_agg(jsonb_build_object('code', camera ->> 'code', 'id', id))
             from fenghuo.device where county = $1 and cardinality($4::text[]) > 0
               and camera ->> 'code' = any ($4)) as codes`,
    [county, buildings, devices, cameraCodes],
  );
  const found = rows[0]!;
  return {
    areas: new Set(found.areas),
    buildings: new Map(found.buildings?.map(({ id, ...building }) => [id, building])),
    devices: new Map(
      found.devices?.map((device) => [device.id, { registered: device.adopted ? inOrder(device) : null }]),
    ),
    cameraCodes: new Map(found.codes?.map(({ code, id }) => [code, id])),
  };
}

/** Members in the order of the schema, in which what is compared with it has them. */
function inOrder(device: DeviceRegistration): DeviceRegistration {
  const { id, type, area, building, floor, room, lon, lat, parent, camera } = device;
  return {
    ...{ id, type, area, building, floor, room, lon, lat, parent },
    camera: camera && {
      ...{ code: camera.code, heading: camera.heading },
      ...{ fieldOfView: camera.fieldOfView, streamUrl: camera.streamUrl },
    },
  };
}
