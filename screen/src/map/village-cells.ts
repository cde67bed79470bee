import type { PlaceName } from '@fenghuo/contracts/push.ts';
import type { Feature, FeatureCollection, Geometry, MultiPolygon, Position } from 'geojson';

type Village = Pick<PlaceName, 'code' | 'lon' | 'lat'>;

/**
 * The ground of each village, which nobody publishes: that part of its township which is nearer to it than to any other
 * village of it. As schematic as the townships themselves; `code` is the village's.
 */
export function villageCells(
  townships: FeatureCollection,
  places: readonly PlaceName[],
): FeatureCollection<MultiPolygon> {
  const villages = places.filter(({ level }) => level === 'village');
  const features = townships.features.flatMap(({ geometry, properties }) => {
    const inside = villages.filter(({ code }) => code.startsWith(String(properties?.code)));
    const polygons = polygonsOf(geometry);
    return inside.map((village) => cellOf(village, inside, polygons));
  });
  return { type: 'FeatureCollection', features };
}

function polygonsOf(geometry: Geometry): Position[][][] {
  switch (geometry.type) {
    case 'Polygon':
      return [geometry.coordinates];
    case 'MultiPolygon':
      return geometry.coordinates;
    default:
      return [];
  }
}

function cellOf(
  village: Village,
  inside: readonly Village[],
  polygons: readonly Position[][][],
): Feature<MultiPolygon> {
  const flat = flatteningAt(inside[0]!.lat);
  const others = inside
    .filter((other) => other !== village)
    .map((other) => ({ x: (other.lon - village.lon) * flat, y: other.lat - village.lat }))
    .filter(({ x, y }) => x !== 0 || y !== 0)
    .sort((a, b) => Math.hypot(a.x, a.y) - Math.hypot(b.x, b.y));
  const coordinates = polygons.flatMap((rings) => {
    const [outer, ...holes] = rings.map((ring) => clipRing(ring, { village, flat, others }));
    return outer === undefined || outer.length === 0
      ? []
      : [[outer, ...holes.filter((hole) => hole.length > 0)]];
  });
  const { code } = village;
  return { type: 'Feature', properties: { code }, geometry: { type: 'MultiPolygon', coordinates } };
}

/** A degree of longitude in degrees of latitude: one for a township, or the borders of its villages would not meet. */
const flatteningAt = (lat: number) => Math.cos((lat * Math.PI) / 180);

interface Clipping {
  village: Village;
  flat: number;
  /** From the village, the nearest first. */
  others: readonly { x: number; y: number }[];
}

/** What of a ring is nearer to the village: cut by the line half way to each other, until none of these can reach it. */
function clipRing(ring: readonly Position[], { village, flat, others }: Clipping): Position[] {
  let left = ring.map(([lon = 0, lat = 0]) => ({ x: (lon - village.lon) * flat, y: lat - village.lat }));
  for (const other of others) {
    const reach = Math.max(0, ...left.map(({ x, y }) => Math.hypot(x, y)));
    if (left.length === 0 || Math.hypot(other.x, other.y) > 2 * reach) break;
    left = nearerThan(left, other);
  }
  const closed = left.map(({ x, y }): Position => [x / flat + village.lon, y + village.lat]);
  return closed.length < 3 ? [] : [...closed, closed[0]!];
}

interface Spot {
  x: number;
  y: number;
}

/** Sutherland and Hodgman's clipping, by the line that is as far from the origin as from `other`. */
function nearerThan(ring: readonly Spot[], other: Spot): Spot[] {
  const half = (other.x ** 2 + other.y ** 2) / 2;
  const beyond = ({ x, y }: Spot) => x * other.x + y * other.y - half;
  return ring.flatMap((to, i) => {
    const from = ring.at(i - 1)!;
    const [before, after] = [beyond(from), beyond(to)];
    const isInside = after <= 0;
    if (before <= 0 === isInside) return isInside ? [to] : [];
    const share = before / (before - after);
    const cut = { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share };
    return isInside ? [cut, to] : [cut];
  });
}
