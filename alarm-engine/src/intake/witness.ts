import type { ReportPlace } from '@fenghuo/contracts/intake.ts';
import { metresBetween } from '../alarms/group-incidents.ts';
import type { RegisteredBuilding, RegisteredDevice, Registry } from '../registry/registry.ts';

/** A point so near to the middle of a building is told of that building, metres. */
const atBuildingM = 40;
/** A point farther from every building than this lies in the county and no village, metres. */
const inVillageM = 1500;

/** Whoever reports stands at a place as a detector does. */
export type Standpoint = Omit<RegisteredDevice, 'no' | 'id'>;

const nowhere = { type: 'unknown', building: null, floor: null, room: null, lon: null, lat: null } as const;

/** Where a report places its witness; null: the registry knows no such place. */
export function standpointOf(registry: Registry, place: ReportPlace): Standpoint | null {
  switch (place.by) {
    case 'building': {
      const building = registry.buildings.get(place.building);
      return building === undefined ? null : atBuilding(building, place.floor);
    }
    case 'point':
      return atPoint(registry, place);
    case 'area':
      return registry.areaNames.has(place.area) ? { ...nowhere, area: place.area } : null;
    case 'camera': {
      const no = registry.numberOf(place.camera);
      if (no < 0 || registry.typeOf(no) !== 'camera') return null;
      const { area, lon, lat } = registry.device(no);
      return { ...nowhere, area, lon, lat };
    }
  }
}

function atBuilding({ id, area, lon, lat }: RegisteredBuilding, floor: number | null): Standpoint {
  return { ...nowhere, area, building: id, floor, lon, lat };
}

/** 0.4 ms with 12,000 buildings: people report seldom enough. */
function atPoint(registry: Registry, { lon, lat }: { lon: number; lat: number }): Standpoint {
  let [nearest, nearestM]: [RegisteredBuilding | null, number] = [null, inVillageM];
  for (const building of registry.buildings.values()) {
    const metres = metresBetween({ lon, lat }, building);
    if (metres < nearestM) [nearest, nearestM] = [building, metres];
  }
  if (nearest !== null && nearestM <= atBuildingM) return { ...atBuilding(nearest, null), lon, lat };
  return { ...nowhere, area: nearest?.area.slice(0, 12) ?? registry.county.code, lon, lat };
}
