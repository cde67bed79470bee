import type { Words } from '@fenghuo/contracts/words.ts';
import type { FeatureCollection, Position } from 'geojson';

/** Where the name of a neighbouring county stands: the middle of its largest piece of land. */
export interface NeighbourName {
  name: Words;
  lon: number;
  lat: number;
}

export function neighbourNames(neighbours: FeatureCollection): NeighbourName[] {
  return neighbours.features.flatMap(({ geometry, properties }) => {
    const rings =
      geometry.type === 'MultiPolygon'
        ? geometry.coordinates.flatMap((polygon) => polygon.slice(0, 1))
        : geometry.type === 'Polygon'
          ? geometry.coordinates.slice(0, 1)
          : [];
    const middles = rings.map(middleOf).sort((a, b) => b.area - a.area);
    const [largest] = middles;
    if (largest === undefined) return [];
    const name = { zh: String(properties?.name ?? ''), en: String(properties?.name_en ?? '') };
    return [{ name, lon: largest.lon, lat: largest.lat }];
  });
}

/** Centroid and area of a closed ring, in degrees. */
function middleOf(ring: readonly Position[]): { lon: number; lat: number; area: number } {
  let [twice, lon, lat] = [0, 0, 0];
  for (let i = 1; i < ring.length; i++) {
    const [x0 = 0, y0 = 0] = ring[i - 1] ?? [];
    const [x1 = 0, y1 = 0] = ring[i] ?? [];
    const cross = x0 * y1 - x1 * y0;
    twice += cross;
    lon += (x0 + x1) * cross;
    lat += (y0 + y1) * cross;
  }
  return { lon: lon / (3 * twice), lat: lat / (3 * twice), area: Math.abs(twice) / 2 };
}
