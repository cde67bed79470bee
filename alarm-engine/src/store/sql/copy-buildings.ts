import type { EstateBuilding } from '@fenghuo/contracts/estate.ts';
import type { CopyTarget } from '../copy-rows.ts';

export const copyBuildings: CopyTarget<EstateBuilding> = {
  statement: `copy fenghuo.building (id, county, area, name_zh, name_en, use, floors, lon, lat, footprint,
    keyholder_name, keyholder_phone) from stdin`,
  columns: (building, { county }) => [
    building.id,
    county,
    building.area,
    building.nameZh,
    building.nameEn,
    building.use,
    building.floors,
    building.lon,
    building.lat,
    JSON.stringify(building.footprint),
    building.keyholder?.name ?? null,
    building.keyholder?.phone ?? null,
  ],
};
