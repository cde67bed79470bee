import type { Point } from './plane.ts';

/** A rectangle of square cells on the plane, row by row from the south-west. */
export interface Raster {
  west: number;
  south: number;
  cellMetres: number;
  columns: number;
  rows: number;
}

/** Cell of a point, or −1 beyond the raster. */
export function cellAt(raster: Raster, x: number, y: number): number {
  const column = Math.floor((x - raster.west) / raster.cellMetres);
  const row = Math.floor((y - raster.south) / raster.cellMetres);
  const within = column >= 0 && row >= 0 && column < raster.columns && row < raster.rows;
  return within ? row * raster.columns + column : -1;
}

export function cellCentre(raster: Raster, cell: number): Point {
  return {
    x: raster.west + ((cell % raster.columns) + 0.5) * raster.cellMetres,
    y: raster.south + (Math.floor(cell / raster.columns) + 0.5) * raster.cellMetres,
  };
}

/** 1 in every cell whose centre lies inside the rings, by the even-odd rule. */
export function fillRings(raster: Raster, rings: readonly Point[][]): Uint8Array {
  const crossings: number[][] = Array.from({ length: raster.rows }, () => []);
  for (const ring of rings) {
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++)
      crossRows(raster, crossings, ring[j]!, ring[i]!);
  }
  const inside = new Uint8Array(raster.columns * raster.rows);
  for (const [row, line] of crossings.entries()) {
    line.sort((a, b) => a - b);
    for (let k = 0; k + 1 < line.length; k += 2) {
      const first = Math.max(0, Math.ceil(line[k]! - 0.5));
      const last = Math.min(raster.columns - 1, Math.ceil(line[k + 1]! - 0.5) - 1);
      if (first <= last) inside.fill(1, row * raster.columns + first, row * raster.columns + last + 1);
    }
  }
  return inside;
}

/** Notes where an edge crosses the middle line of each row, in cells from the west. */
function crossRows(raster: Raster, crossings: number[][], a: Point, b: Point): void {
  const [low, high] = a.y < b.y ? [a, b] : [b, a];
  const rowOf = (y: number) => (y - raster.south) / raster.cellMetres - 0.5;
  const first = Math.max(0, Math.ceil(rowOf(low.y)));
  const last = Math.min(raster.rows - 1, Math.ceil(rowOf(high.y)) - 1);
  for (let row = first; row <= last; row++) {
    const share = (row - rowOf(low.y)) / (rowOf(high.y) - rowOf(low.y));
    crossings[row]!.push((low.x + (high.x - low.x) * share - raster.west) / raster.cellMetres);
  }
}

/** 1 in every cell that an edge of the rings passes through; now and then in a cell beside one. */
export function traceRings(raster: Raster, rings: readonly Point[][]): Uint8Array {
  const touched = new Uint8Array(raster.columns * raster.rows);
  for (const ring of rings) {
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const [a, b] = [ring[j]!, ring[i]!];
      const pieces = Math.max(1, Math.ceil(Math.hypot(b.x - a.x, b.y - a.y) / raster.cellMetres));
      const at = (k: number) => ({
        x: a.x + ((b.x - a.x) * k) / pieces,
        y: a.y + ((b.y - a.y) * k) / pieces,
      });
      for (let k = 0; k < pieces; k++) touch(raster, touched, at(k), at(k + 1));
    }
  }
  return touched;
}

function touch(raster: Raster, touched: Uint8Array, a: Point, b: Point): void {
  const column = (x: number) => Math.floor((x - raster.west) / raster.cellMetres);
  const row = (y: number) => Math.floor((y - raster.south) / raster.cellMetres);
  for (let r = row(Math.min(a.y, b.y)); r <= row(Math.max(a.y, b.y)); r++) {
    if (r < 0 || r >= raster.rows) continue;
    for (let c = column(Math.min(a.x, b.x)); c <= column(Math.max(a.x, b.x)); c++)
      if (c >= 0 && c < raster.columns) touched[r * raster.columns + c] = 1;
  }
}
