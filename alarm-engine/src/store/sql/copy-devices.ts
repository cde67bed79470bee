import type { EstateDevice } from '@fenghuo/contracts/estate.ts';
import type { CopyTarget } from '../copy-rows.ts';

export const copyDevices: CopyTarget<EstateDevice> = {
  statement: `copy fenghuo.device (no, id, county, type, adopted, area, building, floor, room, lon, lat, parent,
    camera) from stdin`,
  columns: (device, context) => [
    context.nextDeviceNo++,
    device.id,
    context.county,
    device.type,
    true,
    device.area,
    device.building,
    device.floor,
    device.room,
    device.lon,
    device.lat,
    device.parent,
    device.camera === null ? null : JSON.stringify(device.camera),
  ],
};
