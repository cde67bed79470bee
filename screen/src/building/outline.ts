import type { BuildingPlan } from '@fenghuo/contracts/rest.ts';
import type { Spot } from './isometric.ts';

const metresPerDegree = 111_320;

/** Turns degrees into metres around a place: exact enough for one building. */
export function metresAround(place: { lon: number; lat: number }): (lon: number, lat: number) => Spot {
  const perLon = metresPerDegree * Math.cos((place.lat * Math.PI) / 180);
  return (lon, lat) => ({ east: (lon - place.lon) * perLon, south: (place.lat - lat) * metresPerDegree });
}

/**
 * The outline of a building in metres, without a closing corner twice. A square of 20 m for a building whose outline
 * nobody knows.
 */
export function outlineOf(plan: Pick<BuildingPlan, 'footprint' | 'lon' | 'lat'>): Spot[] {
  const toMetres = metresAround(plan);
  const corners = plan.footprint.map(([lon, lat]) => toMetres(lon, lat));
  const [first, last] = [corners[0], corners.at(-1)];
  const closed = corners.length > 1 && first !== undefined && last !== undefined && apart(first, last) < 0.01;
  const ring = closed ? corners.slice(0, -1) : corners;
  return ring.length >= 3 ? ring : square;
}

const square: Spot[] = [
  { east: -10, south: 10 },
  { east: 10, south: 10 },
  { east: 10, south: -10 },
  { east: -10, south: -10 },
];

const apart = (a: Spot, b: Spot) => Math.hypot(a.east - b.east, a.south - b.south);

/** Whether a spot lies inside an outline, by counting the walls to its east. */
export function liesInside({ east, south }: Spot, outline: readonly Spot[]): boolean {
  let inside = false;
  for (const [i, a] of outline.entries()) {
    const b = outline[(i + 1) % outline.length]!;
    if (a.south > south === b.south > south) continue;
    if (east < a.east + ((south - a.south) / (b.south - a.south)) * (b.east - a.east)) inside = !inside;
  }
  return inside;
}

/**
 * A spot inside the outline for a room whose place nobody knows: drawn from its name, the same on every screen. Of a
 * hundred tries the first inside, else the middle.
 */
export function guessedSpot(room: string, outline: readonly Spot[]): Spot {
  const box = {
    west: Math.min(...outline.map(({ east }) => east)),
    east: Math.max(...outline.map(({ east }) => east)),
    north: Math.min(...outline.map(({ south }) => south)),
    south: Math.max(...outline.map(({ south }) => south)),
  };
  let seed = hash(room);
  for (let i = 0; i < 100; i += 1) {
    const along = next(seed);
    seed = next(along);
    const spot = {
      east: box.west + (along / 2 ** 32) * (box.east - box.west),
      south: box.north + (seed / 2 ** 32) * (box.south - box.north),
    };
    if (liesInside(spot, outline)) return spot;
  }
  return { east: 0, south: 0 };
}

/** FNV-1a. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const character of text) value = Math.imul(value ^ character.codePointAt(0)!, 0x01000193) >>> 0;
  return value;
}

/** Xorshift; 0 would stay 0. */
function next(seed: number): number {
  let value = seed === 0 ? 1 : seed;
  value ^= value << 13;
  value ^= value >>> 17;
  value ^= value << 5;
  return value >>> 0;
}
