import type { Words } from '@fenghuo/contracts/words.ts';
import type { Queryable } from '../queryable.ts';

export interface Township {
  area: string;
  name: Words;
  /** Where teams set out. */
  lon: number;
  lat: number;
}

export async function listTownships(db: Queryable, county: string): Promise<Township[]> {
  const { rows } = await db.query<Township>(
    `select code as area, jsonb_build_object('zh', name_zh, 'en', coalesce(name_en, name_zh)) as name, lon, lat
     from fenghuo.area where county = $1 and level = 'township' order by code`,
    [county],
  );
  return rows;
}
