import type { Point } from './plane.ts';
import { cellAt, cellCentre, type Raster } from './raster.ts';

/** Answers at once which of many points is nearest, anywhere on a raster. */
export interface DistanceField<T extends Point> {
  /** Infinity when there are no points. */
  metres(place: Point): number;
  /** Right to within a cell; null when there are no points. */
  nearest(place: Point): T | null;
}

/** Raster cells that share an answer, each way. */
const coarseness = 2;

/** Spreads the points over the raster in two sweeps, each cell taking its neighbours' nearest (Danielsson). */
export function measureDistances<T extends Point>(fine: Raster, points: readonly T[]): DistanceField<T> {
  const raster: Raster = {
    ...fine,
    cellMetres: fine.cellMetres * coarseness,
    columns: Math.ceil(fine.columns / coarseness),
    rows: Math.ceil(fine.rows / coarseness),
  };
  const field = sweep(raster, points);
  const nearest = (place: Point) => points[field[cellAt(raster, place.x, place.y)] ?? -1] ?? null;
  return {
    nearest,
    metres: (place) => {
      const point = nearest(place);
      return point === null ? Infinity : Math.hypot(point.x - place.x, point.y - place.y);
    },
  };
}

/** Index of the nearest point for every cell, or −1. */
function sweep(raster: Raster, points: readonly Point[]): Int32Array {
  const { columns, rows, west, south, cellMetres } = raster;
  const nearest = new Int32Array(columns * rows).fill(-1);
  const squared = new Float64Array(columns * rows).fill(Infinity);
  const offer = (cell: number, point: number, x: number, y: number) => {
    const source = points[point]!;
    const distance = (source.x - x) ** 2 + (source.y - y) ** 2;
    if (distance >= squared[cell]!) return;
    squared[cell] = distance;
    nearest[cell] = point;
  };
  for (const [i, { x, y }] of points.entries()) {
    const cell = cellAt(raster, x, y);
    if (cell < 0) continue;
    const middle = cellCentre(raster, cell);
    offer(cell, i, middle.x, middle.y);
  }
  const visit = (column: number, row: number, side: number, step: number) => {
    const cell = row * columns + column;
    const x = west + (column + 0.5) * cellMetres;
    const y = south + (row + 0.5) * cellMetres;
    const beside = column - side;
    if (beside >= 0 && beside < columns && nearest[cell - side]! >= 0)
      offer(cell, nearest[cell - side]!, x, y);
    const behind = row - step;
    if (behind < 0 || behind >= rows) return;
    for (let c = Math.max(0, column - 1); c <= Math.min(columns - 1, column + 1); c++) {
      const from = nearest[behind * columns + c]!;
      if (from >= 0) offer(cell, from, x, y);
    }
  };
  for (const step of [1, -1]) {
    for (let n = 0; n < rows; n++) {
      const row = step === 1 ? n : rows - 1 - n;
      for (let m = 0; m < columns; m++) visit(m, row, 1, step);
      for (let m = columns - 1; m >= 0; m--) visit(m, row, -1, step);
    }
  }
  return nearest;
}
