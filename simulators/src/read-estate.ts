import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type EstateCounty, estateBuilding, estateCounty, estateDevice } from '@fenghuo/contracts/estate.ts';
import type { BuildingUse, DeviceType } from '@fenghuo/contracts/words.ts';
import type { z } from 'zod';

/** What simulated life needs of a device: which it is, what it is, where it hangs. */
export interface StandingDevice {
  id: string;
  type: DeviceType;
  area: string;
  /** Concentrator or bridge that it hangs on. */
  parent: string | null;
  building: StandingBuilding | null;
  floor: number | null;
  room: string | null;
  lon: number;
  lat: number;
}

export interface StandingBuilding {
  id: string;
  nameZh: string;
  nameEn: string | null;
  use: BuildingUse;
  area: string;
  floors: number;
  lon: number;
  lat: number;
  devices: StandingDevice[];
}

/** An estate in memory: 212,000 devices in about 50 MB. */
export interface StandingEstate {
  county: EstateCounty;
  buildings: StandingBuilding[];
  devices: StandingDevice[];
}

const buildingLine = estateBuilding.pick({
  id: true,
  nameZh: true,
  nameEn: true,
  use: true,
  area: true,
  floors: true,
  lon: true,
  lat: true,
});
const deviceLine = estateDevice.pick({
  id: true,
  type: true,
  area: true,
  parent: true,
  building: true,
  floor: true,
  room: true,
  lon: true,
  lat: true,
});

/** Reads an estate folder, line by line. Throws with file and line when one is not as the contract has it. */
export async function readEstate(folder: string): Promise<StandingEstate> {
  const county = estateCounty.parse(JSON.parse(await readFile(join(folder, 'county.json'), 'utf8')));
  const buildings = new Map<string, StandingBuilding>();
  for await (const lines of linesOf(join(folder, 'buildings.ndjson'), buildingLine))
    for (const line of lines) buildings.set(line.id, { ...line, devices: [] });
  const names = new Map<string, string>();
  const devices: StandingDevice[] = [];
  for await (const lines of linesOf(join(folder, 'devices.ndjson'), deviceLine))
    for (const { id, type, area, parent: link, building: buildingId, floor, room, lon, lat } of lines) {
      const building = buildingId === null ? null : (buildings.get(buildingId) ?? null);
      const parent = link && shared(names, link);
      const device = {
        id,
        type,
        area: shared(names, area),
        parent,
        building,
        floor,
        room: room && shared(names, room),
        lon,
        lat,
      };
      building?.devices.push(device);
      devices.push(device);
    }
  return { county, buildings: [...buildings.values()], devices };
}

/** The cameras of an estate, without the rest of it: a fifth of the time. */
export async function readCameras(folder: string): Promise<StandingDevice[]> {
  const buildings = new Map<string, StandingBuilding>();
  for await (const lines of linesOf(join(folder, 'buildings.ndjson'), buildingLine))
    for (const line of lines) buildings.set(line.id, { ...line, devices: [] });
  const cameras: StandingDevice[] = [];
  const isCamera = (text: string) => text.includes('"type":"camera"');
  for await (const lines of linesOf(join(folder, 'devices.ndjson'), deviceLine, isCamera))
    for (const { building, ...line } of lines)
      cameras.push({ ...line, building: building === null ? null : (buildings.get(building) ?? null) });
  return cameras;
}

/**
 * Ids of the first `count` devices of a type that share a building, fewer when no building early in the estate has
 * so many: neighbours stand beside each other in the file, so the first chunk tells.
 */
export async function firstNeighbours(folder: string, type: DeviceType, count: number): Promise<string[]> {
  for await (const lines of linesOf(join(folder, 'devices.ndjson'), deviceLine)) {
    const ofType = lines.filter((line) => line.type === type && line.building !== null);
    const groups = [...Map.groupBy(ofType, (line) => line.building).values()];
    const found = groups.find((group) => group.length >= count) ?? groups[0];
    if (found !== undefined) return found.slice(0, count).map((line) => line.id);
  }
  return [];
}

/** The lines of a file, a chunk's worth at a time: waiting for each of 212,000 would cost half a second. */
async function* linesOf<T>(
  file: string,
  schema: z.ZodType<T>,
  wanted: (text: string) => boolean = () => true,
): AsyncGenerator<T[]> {
  let rest = '';
  let no = 0;
  const read = (text: string): T => {
    no += 1;
    const line = schema.safeParse(JSON.parse(text));
    if (line.success) return line.data;
    throw new RangeError(`${file} line ${no}: ${line.error.issues[0]?.message}`);
  };
  for await (const chunk of createReadStream(file, { encoding: 'utf8', highWaterMark: 1 << 20 })) {
    const texts = (rest + chunk).split('\n');
    rest = texts.pop() ?? '';
    yield texts.filter(wanted).map(read);
  }
  if (rest !== '' && wanted(rest)) yield [read(rest)];
}

/** One string for every room or area of a name: a county has 200,000 rooms and a few hundred names for them. */
function shared(names: Map<string, string>, name: string): string {
  const known = names.get(name);
  if (known !== undefined) return known;
  names.set(name, name);
  return name;
}
