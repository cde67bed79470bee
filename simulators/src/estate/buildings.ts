import type { EstateBuilding } from '@fenghuo/contracts/estate.ts';
import { nameBuildings } from './building-names.ts';
import { fromFrame, outline } from './building-shape.ts';
import { divideIntoGrids, type Grid } from './grids.ts';
import { inventName } from './invented-people.ts';
import { toLonLat } from './plane.ts';
import type { SeededRandom } from './seeded-random.ts';
import type { PlacedBuilding, Settlement } from './settlement.ts';

/** A building as the estate knows it, with what the generator still needs to furnish it. */
export interface FinishedBuilding {
  record: EstateBuilding;
  placed: PlacedBuilding;
}

export interface FinishedVillage {
  settlement: Settlement;
  grids: FinishedGrid[];
}

interface FinishedGrid {
  grid: Grid;
  buildings: FinishedBuilding[];
}

/** Numbers, names and key-holders for the buildings of every village, grid by grid. */
export function finishVillages(
  settlements: readonly Settlement[],
  nextPhone: () => string,
  random: SeededRandom,
): FinishedVillage[] {
  return settlements.map((settlement) => {
    const own = random.fork(settlement.village.code);
    const names = nameBuildings(settlement, own.fork('names'));
    let number = 0;
    const finish = (placed: PlacedBuilding, grid: Grid): FinishedBuilding => {
      const name = names.get(placed)!;
      const [lon, lat] = toLonLat(...centre(placed));
      const record: EstateBuilding = {
        id: `B${settlement.village.code}-${String(++number).padStart(3, '0')}`,
        area: grid.code,
        nameZh: name.zh,
        nameEn: name.en,
        use: placed.use,
        floors: placed.shape.floors,
        lon,
        lat,
        footprint: outline(placed.shape, placed.frame).map(({ x, y }) => toLonLat(x, y)),
        keyholder: { name: inventName(own), phone: nextPhone() },
      };
      return { record, placed };
    };
    const grids = divideIntoGrids(settlement).map((grid) => ({
      grid,
      buildings: grid.buildings.map((placed) => finish(placed, grid)),
    }));
    return { settlement, grids };
  });
}

/** The middle of its main part, so that it lies inside an L too. */
function centre({ shape, frame }: PlacedBuilding): [x: number, y: number] {
  const { x, y } = fromFrame(frame, 0, shape.depth / 2);
  return [x, y];
}
