import { metresBetween } from '../alarms/group-incidents.ts';
import { cellKey, cellKeysWithin } from '../rules/signal-cells.ts';
import type { Registry } from './registry.ts';

/** A camera and how far it stands from a place, in whole metres. */
export interface NearCamera {
  camera: string;
  code: string;
  metres: number;
}

/** Numbers of cameras by the cell in which they stand; devices up to `upTo` are in it, as they were at a revision. */
interface CameraIndex {
  readonly revision: number;
  readonly cells: Map<number, number[]>;
  upTo: number;
}

const indexes = new WeakMap<Registry, CameraIndex>();

/**
 * The cameras within a circle, the nearest first, of two as near that of the smaller id. The index is made at the first
 * question, 20 ms for 212,000 devices, and goes on where devices came; a question takes 10 µs in town.
 */
export function camerasNear(
  registry: Registry,
  circle: { lon: number; lat: number; metres: number; most: number },
): NearCamera[] {
  const { cells } = indexOf(registry);
  const found = cellKeysWithin(circle)
    .flatMap((cell) => cells.get(cell) ?? [])
    .map((no) => nearCamera(registry, no, circle))
    .filter(({ metres }) => metres <= circle.metres);
  found.sort((a, b) => a.metres - b.metres || (a.camera < b.camera ? -1 : 1));
  return found.slice(0, circle.most);
}

function nearCamera(registry: Registry, no: number, place: { lon: number; lat: number }): NearCamera {
  const { id, lon, lat } = registry.device(no);
  const metres = Math.round(metresBetween(place, { lon: lon!, lat: lat! }));
  return { camera: id, code: registry.cameraCodes.get(id) ?? id, metres };
}

function indexOf(registry: Registry): CameraIndex {
  const { revision } = registry;
  const known = indexes.get(registry);
  const index = known?.revision === revision ? known : { revision, cells: new Map(), upTo: 0 };
  indexes.set(registry, index);
  for (; index.upTo < registry.deviceCount; index.upTo += 1) {
    if (registry.typeOf(index.upTo) !== 'camera') continue;
    const { no, lon, lat } = registry.device(index.upTo);
    if (lon === null || lat === null) continue;
    const cell = cellKey(lon, lat);
    index.cells.set(cell, [...(index.cells.get(cell) ?? []), no]);
  }
  return index;
}
