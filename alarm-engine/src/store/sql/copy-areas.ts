import type { EstateArea } from '@fenghuo/contracts/estate.ts';
import type { CopyTarget } from '../copy-rows.ts';

export const copyAreas: CopyTarget<EstateArea> = {
  statement: 'copy fenghuo.area (code, county, parent, level, name_zh, name_en, lon, lat) from stdin',
  columns: (area, { county }) => [
    area.code,
    county,
    area.parent,
    area.level,
    area.nameZh,
    area.nameEn,
    area.lon,
    area.lat,
  ],
};
