import { type DeviceType, deviceTypes } from './words.ts';

/**
 * `GET /api/v1/map/points`: every located device of the viewer's area as typed arrays, little-endian, sent compressed.
 * Quantised to 1/65535 of the bounds (about 1 m in a county), since the wall draws points, not surveys.
 *
 *     u32 magic 'FHP2' | u32 count | f64 west | f64 south | f64 east | f64 north
 *     u32 × count step from the device number before | u16 × count longitude steps | u16 × count latitude steps
 *     u16 × count index into the areas | u8 × count index into deviceTypes | area codes, JSON
 */
export interface DevicePoints {
  count: number;
  bounds: [west: number, south: number, east: number, north: number];
  /** Device numbers, ascending: what `device-states.ts` names devices by. */
  numbers: Uint32Array;
  lonSteps: Uint16Array;
  latSteps: Uint16Array;
  /** Village of each, as an index into {@link areas}. */
  areaIndexes: Uint16Array;
  types: Uint8Array;
  /** Codes of villages, or of what is known of where a device lies. */
  areas: readonly string[];
}

const magic = 0x32504846;
const headerBytes = 40;
const bytesPerPoint = 11;
/** Length of a village's code; a grid's goes on. */
const villageDigits = 12;

/** One device for {@link encodeDevicePoints}. */
export interface DevicePoint {
  no: number;
  lon: number;
  lat: number;
  type: DeviceType;
  area: string;
}

/** Columns of `count` points in the order in which they lie in the file. */
function columns(buffer: ArrayBuffer, count: number) {
  return {
    steps: new Uint32Array(buffer, headerBytes, count),
    lonSteps: new Uint16Array(buffer, headerBytes + count * 4, count),
    latSteps: new Uint16Array(buffer, headerBytes + count * 6, count),
    areaIndexes: new Uint16Array(buffer, headerBytes + count * 8, count),
    types: new Uint8Array(buffer, headerBytes + count * 10, count),
  };
}

/** `points`: in the order of their numbers. */
export function encodeDevicePoints(
  points: readonly DevicePoint[],
  bounds: DevicePoints['bounds'],
): Uint8Array {
  const [west, south, east, north] = bounds;
  const villages = points.map(({ area }) => area.slice(0, villageDigits));
  const areas = [...new Set(villages)].sort();
  const indexes = new Map(areas.map((area, i) => [area, i]));
  const names = new TextEncoder().encode(JSON.stringify(areas));
  const bytes = new Uint8Array(headerBytes + points.length * bytesPerPoint + names.length);
  const header = new DataView(bytes.buffer);
  header.setUint32(0, magic, true);
  header.setUint32(4, points.length, true);
  for (const [i, edge] of bounds.entries()) header.setFloat64(8 + i * 8, edge, true);
  const into = columns(bytes.buffer, points.length);
  const lonScale = east > west ? 65535 / (east - west) : 0;
  const latScale = north > south ? 65535 / (north - south) : 0;
  for (const [i, point] of points.entries()) {
    into.steps[i] = point.no - (points[i - 1]?.no ?? 0);
    into.lonSteps[i] = Math.round((point.lon - west) * lonScale);
    into.latSteps[i] = Math.round((point.lat - south) * latScale);
    into.areaIndexes[i] = indexes.get(villages[i]!)!;
    into.types[i] = deviceTypes.indexOf(point.type);
  }
  bytes.set(names, headerBytes + points.length * bytesPerPoint);
  return bytes;
}

/** Reads what {@link encodeDevicePoints} wrote. Throws a RangeError when the bytes are something else. */
export function decodeDevicePoints(buffer: ArrayBuffer): DevicePoints {
  const header = new DataView(buffer);
  if (buffer.byteLength < headerBytes || header.getUint32(0, true) !== magic)
    throw new RangeError('not a device point file');
  const count = header.getUint32(4, true);
  const end = headerBytes + count * bytesPerPoint;
  if (buffer.byteLength <= end) throw new RangeError('device point file is cut short');
  const edge = (i: number) => header.getFloat64(8 + i * 8, true);
  const { steps, ...rest } = columns(buffer, count);
  return {
    count,
    bounds: [edge(0), edge(1), edge(2), edge(3)],
    numbers: summed(steps),
    ...rest,
    areas: readAreas(new Uint8Array(buffer, end)),
  };
}

function summed(steps: Uint32Array): Uint32Array {
  let no = 0;
  return steps.map((step) => {
    no += step;
    return no;
  });
}

function readAreas(bytes: Uint8Array): string[] {
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as string[];
  } catch {
    throw new RangeError('device point file is cut short');
  }
}
