import type { CountyFacts } from '@fenghuo/contracts/push.ts';

/** The smallest bounds around all coordinates of a GeoJSON object; null when it holds none. Pure. */
export function boundsOfGeojson(geojson: unknown): CountyFacts['bounds'] | null {
  const bounds: CountyFacts['bounds'] = [180, 90, -180, -90];
  widen(bounds, geojson);
  return bounds[0] <= bounds[2] ? bounds : null;
}

function widen(bounds: CountyFacts['bounds'], node: unknown): void {
  if (typeof node !== 'object' || node === null) return;
  if (Array.isArray(node) && typeof node[0] === 'number' && typeof node[1] === 'number') {
    bounds[0] = Math.min(bounds[0], node[0]);
    bounds[1] = Math.min(bounds[1], node[1]);
    bounds[2] = Math.max(bounds[2], node[0]);
    bounds[3] = Math.max(bounds[3], node[1]);
    return;
  }
  if (Array.isArray(node)) for (const inner of node) widen(bounds, inner);
  else
    for (const key of ['features', 'geometries', 'geometry', 'coordinates'] as const)
      if (key in node) widen(bounds, (node as Record<string, unknown>)[key]);
}
