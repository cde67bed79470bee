import type { Point } from './plane.ts';
import type { PlacedBuilding, Settlement } from './settlement.ts';
import type { Village } from './villages.ts';

/** A grid 网格: the part of a village that one grid worker knows. */
export interface Grid extends Point {
  code: string;
  village: Village;
  nameZh: string;
  nameEn: string;
  buildings: PlacedBuilding[];
}

/** Cuts a village into its grids like a cake, with about as many buildings in each. */
export function divideIntoGrids({ village, buildings }: Settlement): Grid[] {
  const turn = ({ frame }: PlacedBuilding) => Math.atan2(frame.y - village.y, frame.x - village.x);
  const round = [...buildings].sort((a, b) => turn(a) - turn(b));
  return Array.from({ length: village.grids }, (_, k) => {
    const own = new Set(
      round.slice(
        Math.floor((k * round.length) / village.grids),
        Math.floor(((k + 1) * round.length) / village.grids),
      ),
    );
    return {
      ...middle(own, village, k),
      code: `${village.code}-${String(k + 1).padStart(2, '0')}`,
      village,
      nameZh: `${village.place}第${k + 1}网格`,
      nameEn: `${village.placeEn}, grid ${k + 1}`,
      buildings: buildings.filter((building) => own.has(building)),
    };
  });
}

/** Mean place of the buildings; a grid without any lies in its direction, close to the village. */
function middle(buildings: ReadonlySet<PlacedBuilding>, village: Village, k: number): Point {
  if (buildings.size === 0) {
    const angle = (2 * Math.PI * k) / village.grids;
    return { x: village.x + 60 * Math.cos(angle), y: village.y + 60 * Math.sin(angle) };
  }
  const sum = { x: 0, y: 0 };
  for (const { frame } of buildings) {
    sum.x += frame.x;
    sum.y += frame.y;
  }
  return { x: sum.x / buildings.size, y: sum.y / buildings.size };
}

/** The grid whose building is nearest to a place. */
export function gridAround(grids: readonly Grid[], { x, y }: Point): Grid {
  let best = grids[0]!;
  let nearest = Infinity;
  const offer = (grid: Grid, place: Point) => {
    const distance = (place.x - x) ** 2 + (place.y - y) ** 2;
    if (distance >= nearest) return;
    nearest = distance;
    best = grid;
  };
  for (const grid of grids) {
    if (grid.buildings.length === 0) offer(grid, grid);
    for (const { frame } of grid.buildings) offer(grid, frame);
  }
  return best;
}
