import { type DevicePoints, decodeDevicePoints } from '@fenghuo/contracts/device-points.ts';
import type { FeatureCollection } from 'geojson';
import { type BaseLayer, type BaseMap, baseLayers } from './base-style.ts';

export type MapPart = BaseLayer | 'points';
export const mapParts: readonly MapPart[] = [...baseLayers, 'points'];

export interface MapData {
  base: BaseMap;
  points: DevicePoints;
}

export interface MapDataWish {
  signal: AbortSignal;
  /** Devices changed: what the browser keeps must be asked about again. */
  anew: boolean;
  /** Called as each part arrives. */
  arrived: (part: MapPart) => void;
}

/** Fetches everything the quiet map is made of. Throws when a part cannot be had. */
export async function fetchMapData({ signal, anew, arrived }: MapDataWish): Promise<MapData> {
  const bring = async (part: MapPart, path: string) => {
    const response = await fetch(`/api/v1/map/${path}`, { signal, cache: anew ? 'no-cache' : 'default' });
    if (!response.ok) throw new Error(`${path}: ${response.status}`);
    const body = await response.arrayBuffer();
    arrived(part);
    return body;
  };
  const layers = baseLayers.map(async (name) => [name, geoJson(await bring(name, `base/${name}`))] as const);
  const [points, ...base] = await Promise.all([bring('points', 'points'), ...layers]);
  return { base: Object.fromEntries(base) as BaseMap, points: decodeDevicePoints(points) };
}

const geoJson = (body: ArrayBuffer) => JSON.parse(new TextDecoder().decode(body)) as FeatureCollection;
