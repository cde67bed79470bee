import type { ChainUnit } from '@fenghuo/contracts/push.ts';

export interface NearUnit {
  unit: ChainUnit;
  /** In a straight line; null: the place is not known. */
  metres: number | null;
}

const metresPerDegree = 111_320;

/** Units by how near they are to a place, the nearest first; of a place that is not known by their names. Pure. */
export function nearUnits(
  units: Iterable<ChainUnit>,
  place: { lon: number | null; lat: number | null },
): NearUnit[] {
  const measured = [...units].map((unit) => ({ unit, metres: metresTo(unit, place) }));
  return measured.sort(
    (a, b) => (a.metres ?? 0) - (b.metres ?? 0) || a.unit.name.zh.localeCompare(b.unit.name.zh, 'zh'),
  );
}

/** Over a few dozen kilometres the earth is flat enough to say who is nearer. */
function metresTo(unit: ChainUnit, { lon, lat }: { lon: number | null; lat: number | null }): number | null {
  if (lon === null || lat === null) return null;
  const east = (unit.lon - lon) * Math.cos((lat * Math.PI) / 180);
  return Math.hypot(east, unit.lat - lat) * metresPerDegree;
}
