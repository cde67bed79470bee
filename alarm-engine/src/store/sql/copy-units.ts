import type { EstateUnit } from '@fenghuo/contracts/estate.ts';
import type { CopyTarget } from '../copy-rows.ts';

export const copyUnits: CopyTarget<EstateUnit> = {
  statement: `copy fenghuo.unit (id, county, level, area, parent, name_zh, name_en, lon, lat, capabilities)
    from stdin`,
  columns: (unit, { county }) => [
    unit.id,
    county,
    unit.level,
    unit.area,
    unit.parent,
    unit.nameZh,
    unit.nameEn,
    unit.lon,
    unit.lat,
    `{${unit.capabilities.map(quoteElement).join(',')}}`,
  ],
};

/** An element of an array literal. */
const quoteElement = (text: string) => `"${text.replace(/["\\]/g, '\\$&')}"`;
