import type { BuildingUse, DeviceType } from '@fenghuo/contracts/words.ts';
import type { StandingBuilding, StandingDevice, StandingEstate } from '../read-estate.ts';

const uses: readonly BuildingUse[] = ['residential', 'warehouse', 'school', 'high-rise'];
const types: readonly DeviceType[] = ['smoke', 'smoke', 'heat', 'co', 'manual', 'water'];

/**
 * Twelve buildings in two townships, each of them 50 m from the next, with detectors on three floors, those of the first on a
 * concentrator, and a camera.
 */
export function smallEstate(): StandingEstate {
  const devices: StandingDevice[] = [];
  const buildings = Array.from({ length: 12 }, (_, i): StandingBuilding => {
    const place = { lon: 121.4 + i * 0.0005, lat: 28.4, area: i < 6 ? '331081100203-01' : '331081101201-01' };
    const building = {
      id: `B${i}`,
      nameZh: `${i} 号楼`,
      nameEn: `Building ${i}`,
      use: uses[i % uses.length]!,
      floors: 3 + i,
      ...place,
      devices: [],
    };
    devices.push(...detectorsOf(building), cameraOf(building), concentratorOf(building));
    return building;
  });
  const county = {
    code: '331081',
    nameZh: '温岭市',
    nameEn: 'Wenling',
    casePrefix: 'WL',
    seed: 1,
    demo: true,
  };
  return { county, buildings, devices };
}

function detectorsOf(building: StandingBuilding): StandingDevice[] {
  const { lon, lat, area } = building;
  for (const floor of [1, 2, 3])
    for (const [j, type] of types.entries()) {
      const id = `${building.id}-${floor}-${j}`;
      const parent = floor === 1 ? `${building.id}-K` : null;
      building.devices.push({ id, type, area, parent, building, floor, room: `${floor}0${j % 3}`, lon, lat });
    }
  return [...building.devices];
}

function cameraOf({ id, lon, lat, area }: StandingBuilding): StandingDevice {
  return {
    id: `${id}-V`,
    type: 'camera',
    area,
    parent: null,
    building: null,
    floor: null,
    room: null,
    lon,
    lat,
  };
}

function concentratorOf(building: StandingBuilding): StandingDevice {
  const { id, lon, lat, area } = building;
  return {
    id: `${id}-K`,
    type: 'concentrator',
    area,
    parent: null,
    building,
    floor: 1,
    room: null,
    lon,
    lat,
  };
}
