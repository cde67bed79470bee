import type { Queryable } from '../queryable.ts';

export interface BaseMapLayer {
  county: string;
  name: string;
  /** Text of a GeoJSON FeatureCollection. */
  geojson: string;
}

export async function insertBaseMap(
  database: Queryable,
  { county, name, geojson }: BaseMapLayer,
): Promise<void> {
  await database.query('insert into fenghuo.base_map (county, name, geojson) values ($1, $2, $3::jsonb)', [
    county,
    name,
    geojson,
  ]);
}
