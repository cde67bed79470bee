import type { NearCamera } from '../../registry/camera-index.ts';
import type { Statement } from '../statement-batch.ts';

/** Keeps which cameras stand near incidents; an incident that gets a place later gets others. */
export function keepCaseCameras(
  county: string,
  cameras: ReadonlyMap<string, readonly NearCamera[]>,
): Statement {
  const rows = [...cameras].map(([incident, near]) => ({ incident, near }));
  return {
    name: 'keep-case-cameras',
    text: `
      insert into fenghuo.case_camera (incident, county, cameras)
      select incident, $1, near from json_to_recordset($2) as c (incident text, near jsonb)
      on conflict (incident) do update set cameras = excluded.cameras`,
    values: [county, JSON.stringify(rows)],
  };
}
