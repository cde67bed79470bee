import type { Queryable } from '../queryable.ts';

/** A layer of the base map as GeoJSON text; null when the county has none of this name. */
export async function readBaseMap(
  db: Queryable,
  query: { county: string; name: string },
): Promise<string | null> {
  const { rows } = await db.query<{ geojson: string }>(
    'select geojson::text as geojson from fenghuo.base_map where county = $1 and name = $2',
    [query.county, query.name],
  );
  return rows[0]?.geojson ?? null;
}
