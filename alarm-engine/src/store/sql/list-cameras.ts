import type { EstateDevice } from '@fenghuo/contracts/estate.ts';
import type { Queryable } from '../queryable.ts';

export type CameraRow = Pick<EstateDevice, 'id' | 'building' | 'floor' | 'room'> & {
  no: number;
  area: string | null;
  lon: number | null;
  lat: number | null;
  /** Null: nobody has said more than that it is a camera. */
  camera: EstateDevice['camera'];
};

/** Every camera of a county that was adopted, by number. */
export async function listCameras(db: Queryable, county: string): Promise<CameraRow[]> {
  const { rows } = await db.query<CameraRow>(
    `select no, id, area, building, floor, room, lon, lat, camera from fenghuo.device
     where county = $1 and type = 'camera' and adopted
     order by no`,
    [county],
  );
  return rows;
}
