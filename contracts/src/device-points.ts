import { type DeviceType, deviceTypes } from './words.ts';

/**
 * `GET /api/v1/map/points`: every device of the viewer's area as typed arrays, little-endian, sent gzipped.
 * Quantised to 1/65535 of the bounds (about 1 m in a county), since the wall draws points, not surveys.
 *
 *     u32 magic 'FHP1' | u32 count | f64 west | f64 south | f64 east | f64 north
 *     u16 × count longitude steps | u16 × count latitude steps | u8 × count index into deviceTypes
 */
export interface DevicePoints {
  count: number;
  bounds: [west: number, south: number, east: number, north: number];
  lonSteps: Uint16Array;
  latSteps: Uint16Array;
  types: Uint8Array;
}

const magic = 0x31504846;
const headerBytes = 40;

/** One device for {@link encodeDevicePoints}. */
export interface DevicePoint {
  lon: number;
  lat: number;
  type: DeviceType;
}

export function encodeDevicePoints(
  points: readonly DevicePoint[],
  bounds: DevicePoints['bounds'],
): Uint8Array {
  const [west, south, east, north] = bounds;
  const count = points.length;
  const bytes = new Uint8Array(headerBytes + count * 5);
  const header = new DataView(bytes.buffer);
  header.setUint32(0, magic, true);
  header.setUint32(4, count, true);
  for (const [i, edge] of bounds.entries()) header.setFloat64(8 + i * 8, edge, true);
  const lonSteps = new Uint16Array(bytes.buffer, headerBytes, count);
  const latSteps = new Uint16Array(bytes.buffer, headerBytes + count * 2, count);
  const types = bytes.subarray(headerBytes + count * 4);
  const lonScale = east > west ? 65535 / (east - west) : 0;
  const latScale = north > south ? 65535 / (north - south) : 0;
  for (const [i, point] of points.entries()) {
    lonSteps[i] = Math.round((point.lon - west) * lonScale);
    latSteps[i] = Math.round((point.lat - south) * latScale);
    types[i] = deviceTypes.indexOf(point.type);
  }
  return bytes;
}

/** Reads what {@link encodeDevicePoints} wrote. Throws a RangeError when the bytes are something else. */
export function decodeDevicePoints(buffer: ArrayBuffer): DevicePoints {
  const header = new DataView(buffer);
  if (buffer.byteLength < headerBytes || header.getUint32(0, true) !== magic)
    throw new RangeError('not a device point file');
  const count = header.getUint32(4, true);
  if (buffer.byteLength !== headerBytes + count * 5) throw new RangeError('device point file is cut short');
  const edge = (i: number) => header.getFloat64(8 + i * 8, true);
  return {
    count,
    bounds: [edge(0), edge(1), edge(2), edge(3)],
    lonSteps: new Uint16Array(buffer, headerBytes, count),
    latSteps: new Uint16Array(buffer, headerBytes + count * 2, count),
    types: new Uint8Array(buffer, headerBytes + count * 4, count),
  };
}
