import {
  type CoordinateSystem,
  type DeviceRegistration,
  type RegisterOutcome,
  type RowRemark,
  registeredDevice,
} from '@fenghuo/contracts/registry.ts';
import { deviceTypes, type Words } from '@fenghuo/contracts/words.ts';
import { toWgs84 } from './convert-coordinates.ts';
import { type ImportRow, typeNamed, typesInWords } from './import-rows.ts';

/** What the county has of what a file names. */
export interface KnownEstate {
  areas: ReadonlySet<string>;
  buildings: ReadonlyMap<string, { area: string; lon: number; lat: number }>;
  /** Devices that are named as a row or as a parent; `registered` null: a stranger that waits for adoption. */
  devices: ReadonlyMap<string, { registered: DeviceRegistration | null }>;
  /** Who has a camera code already. */
  cameraCodes: ReadonlyMap<string, string>;
}

export interface CheckedDevices {
  devices: { row: number; device: DeviceRegistration; outcome: RegisterOutcome }[];
  errors: RowRemark[];
  warnings: RowRemark[];
}

/** A device so far from its building, in metres, makes one ask which system its coordinates are in. */
const farM = 200;

/**
 * Every row as the registry would have it, with what is wrong with each: all its faults at once, so that a file is mended
 * in one go. A row without area or position takes its building's. Pure.
 */
export function checkDevices(
  rows: readonly ImportRow[],
  coordinates: CoordinateSystem,
  known: KnownEstate,
): CheckedDevices {
  const checked: CheckedDevices = { devices: [], errors: [], warnings: [] };
  const seen = new Map<string, number>();
  const codes = new Map(known.cameraCodes);
  const inFile = new Set(rows.map(({ texts }) => texts.id));
  for (const { row, texts } of rows) {
    const faults: RowRemark[] = [];
    const refuse = (field: string, zh: string, en: string) =>
      void faults.push({ row, field, message: { zh, en } });
    const device = deviceOf(texts, coordinates, known, refuse);
    checkReferences(device, { known, inFile, refuse });
    checkOnce(device, row, { seen, codes, refuse });
    const parsed = registeredDevice.safeParse(device);
    if (!parsed.success && faults.length === 0)
      for (const { path, message } of parsed.error.issues)
        refuse(String(path.at(-1) ?? ''), `不合规：${message}`, `Not as expected: ${message}`);
    checked.errors.push(...faults);
    if (!parsed.success || faults.length > 0) continue;
    const warning = strayOf(parsed.data, row, known);
    if (warning !== null) checked.warnings.push(warning);
    checked.devices.push({ row, device: parsed.data, outcome: outcomeOf(parsed.data, known) });
  }
  checked.errors.push(...circles(checked.devices));
  return checked;
}

type Refuse = (field: string, zh: string, en: string) => void;
type Candidate = Omit<DeviceRegistration, 'type' | 'area' | 'lon' | 'lat'> & {
  type: string;
  area: string | null;
  lon: number | null;
  lat: number | null;
};

type Reads = (field: keyof ImportRow['texts']) => number | null | undefined;

/** What the row says; where its file has no such column, what is registered stays. Empty cells say that there is none. */
function deviceOf(
  texts: ImportRow['texts'],
  coordinates: CoordinateSystem,
  known: KnownEstate,
  refuse: Refuse,
): Candidate {
  const stored = known.devices.get(texts.id ?? '')?.registered ?? null;
  const text = (field: 'building' | 'room' | 'parent' | 'area') => {
    const said = texts[field];
    return said === undefined ? (stored?.[field] ?? null) : said || null;
  };
  const number: Reads = (field) => numberOf(texts[field], field, refuse);
  const building = text('building');
  const isMoved = building !== (stored?.building ?? null);
  const home = building === null ? undefined : known.buildings.get(building);
  const before = isMoved ? null : stored;
  const [lon, lat] = [number('lon') ?? null, number('lat') ?? null];
  const placed = lon === null || lat === null ? null : toWgs84([lon, lat], coordinates);
  if ((lon === null) !== (lat === null)) refuse('lon', '经度和纬度须成对', 'lon and lat come in pairs');
  const floor = number('floor');
  return {
    id: texts.id ?? '',
    type: typeNamed(texts.type ?? stored?.type ?? ''),
    area: texts.area || (before?.area ?? home?.area ?? stored?.area ?? null),
    building,
    floor: floor === undefined ? (stored?.floor ?? null) : floor,
    room: text('room'),
    lon: placed?.[0] ?? before?.lon ?? home?.lon ?? null,
    lat: placed?.[1] ?? before?.lat ?? home?.lat ?? null,
    parent: text('parent'),
    camera: cameraOf(texts, number) ?? stored?.camera ?? null,
  };
}

/** Null for an empty cell, undefined where there is none. */
function numberOf(text: string | undefined, field: string, refuse: Refuse): number | null | undefined {
  if (text === undefined) return undefined;
  if (text.trim() === '') return null;
  const value = Number(text);
  if (!Number.isFinite(value)) refuse(field, `“${text}”不是数`, `"${text}" is not a number`);
  return value;
}

function cameraOf(texts: ImportRow['texts'], number: Reads): DeviceRegistration['camera'] {
  if (texts.camera_code === undefined || texts.camera_code === '') return null;
  return {
    code: texts.camera_code,
    heading: number('heading') ?? 0,
    fieldOfView: number('field_of_view') ?? 90,
    streamUrl: texts.stream_url ?? '',
  };
}

interface References {
  known: KnownEstate;
  inFile: ReadonlySet<string | undefined>;
  refuse: Refuse;
}

function checkReferences(device: Candidate, { known, inFile, refuse }: References): void {
  const { id, type, area, building, parent, lon } = device;
  if (id === '') refuse('id', '缺少编号', 'There is no id');
  if (!(deviceTypes as readonly string[]).includes(type) || type === 'unknown')
    refuse(
      'type',
      `${type === '' ? '缺少类型' : `没有类型“${type}”`}，可用：${typesInWords}`,
      `${type === '' ? 'There is no type' : `There is no type "${type}"`}; there are: ${types}`,
    );
  if (building !== null && !known.buildings.has(building))
    refuse('building', `没有建筑 ${building}`, `There is no building ${building}`);
  else if (area === null)
    refuse('area', '缺少区域，也没有建筑可循', 'There is no area, and no building to take it from');
  else if (!known.areas.has(area)) refuse('area', `没有区域 ${area}`, `There is no area ${area}`);
  else if (lon === null)
    refuse('lon', '缺少经纬度，也没有建筑可循', 'There is no position, and no building to take it from');
  if (parent === id && id !== '') refuse('parent', '上级是它自己', 'Its parent is itself');
  else if (parent !== null && !inFile.has(parent) && !known.devices.has(parent))
    refuse('parent', `没有上级设备 ${parent}`, `There is no parent ${parent}`);
}

const types = deviceTypes.filter((type) => type !== 'unknown').join(' ');

interface Once {
  seen: Map<string, number>;
  codes: Map<string, string>;
  refuse: Refuse;
}

function checkOnce({ id, camera }: Candidate, row: number, { seen, codes, refuse }: Once): void {
  const before = seen.get(id);
  if (before !== undefined && id !== '')
    refuse('id', `${id} 已在第 ${before} 行出现`, `${id} stands in row ${before} already`);
  else seen.set(id, row);
  if (camera === null) return;
  const holder = codes.get(camera.code);
  if (holder !== undefined && holder !== id)
    refuse('camera_code', `${camera.code} 已属于 ${holder}`, `${camera.code} is of ${holder} already`);
  codes.set(camera.code, id);
}

function outcomeOf(device: DeviceRegistration, { devices }: KnownEstate): RegisterOutcome {
  const before = devices.get(device.id);
  if (before === undefined) return 'added';
  if (before.registered === null) return 'adopted';
  return JSON.stringify(before.registered) === JSON.stringify(device) ? 'same' : 'changed';
}

const metresADegree = 111_320;

/** A device far from the building that it is said to be in. */
function strayOf(device: DeviceRegistration, row: number, { buildings }: KnownEstate): RowRemark | null {
  const home = device.building === null ? undefined : buildings.get(device.building);
  if (home === undefined) return null;
  const east = (device.lon - home.lon) * Math.cos((home.lat * Math.PI) / 180);
  const metres = Math.round(Math.hypot(east, device.lat - home.lat) * metresADegree);
  if (metres < farM) return null;
  const message: Words = {
    zh: `离所属建筑 ${metres} 米，坐标系是否选对？`,
    en: `${metres} m from its building: is the coordinate system the right one?`,
  };
  return { row, field: 'lon', message };
}

/** Devices of the file that hang on each other in a circle. */
function circles(devices: CheckedDevices['devices']): RowRemark[] {
  const parents = new Map(devices.map(({ device }) => [device.id, device.parent]));
  const comesRound = (id: string) => {
    const passed = new Set([id]);
    for (let at = parents.get(id) ?? null; at !== null; at = parents.get(at) ?? null) {
      if (at === id) return true;
      if (passed.has(at)) return false;
      passed.add(at);
    }
    return false;
  };
  const message: Words = { zh: '上级关系成环', en: 'It hangs on itself, by way of others' };
  return devices
    .filter(({ device }) => device.parent !== null && comesRound(device.id))
    .map(({ row }) => ({ row, field: 'parent', message }));
}
