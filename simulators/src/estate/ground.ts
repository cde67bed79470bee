import { type DistanceField, measureDistances } from './distance-field.ts';
import type { Point } from './plane.ts';
import { cellAt, cellCentre, fillRings, type Raster, traceRings } from './raster.ts';
import { box, type Geography } from './read-geography.ts';

/**
 * Where one may build, as a raster of 50 m cells, so that asking costs an array lookup.
 *
 * The rule: inside the county's mainland, and on surveyed land. The survey is older than the reclamation of
 * the east coast, so in the cells of {@link reclaimedTownships} the county's own outline counts as the shore.
 * Everywhere else the county beyond the surveyed land is tidal flat (坞根, 城南, 石桥头, 石塘), and nothing
 * stands there. A cell that any of these lines passes through is refused whole, so a point in an allowed cell
 * is allowed exactly, and the polygons need not be asked again. Islets are refused too: no road leads there.
 */
export interface Ground {
  raster: Raster;
  /** Index of the township on whose ground the point lies, or −1 where nothing may stand. */
  townshipAt(x: number, y: number): number;
  townshipOf(cell: number): number;
  /** Open water and tidal flats. */
  sea: DistanceField<Point>;
}

/** 滨海镇 and 东部新区: their coast was moved seawards after the shoreline was surveyed. */
const reclaimedTownships: readonly string[] = ['331081106', '331081400'];

const cellMetres = 50;
const marginMetres = 1_000;

/** Cells of ground that must hang together to be settled: 2.5 km². */
const smallestIsland = 1_000;

export function surveyGround(geography: Geography): Ground {
  const raster = rasterAround(geography.mainland[0]!);
  const county = fillRings(raster, geography.mainland);
  const land = fillRings(raster, geography.land);
  const { township, reclaimed, edge } = layTownships(raster, geography, county);
  const shore = traceRings(raster, geography.land);
  const border = traceRings(raster, geography.mainland);
  const isSea = (cell: number) => land[cell] !== 1 && reclaimed[cell] !== 1;
  const flats = (cell: number) => county[cell] === 1 && isSea(cell);
  const shallows: Point[] = [];
  for (let i = 0; i < township.length; i++) {
    if (isSea(i) && !around(raster, i).every(isSea)) shallows.push(cellCentre(raster, i));
    const besideFlats = edge[i] === 1 && around(raster, i).some(flats);
    const dry = reclaimed[i] === 1 ? !besideFlats : land[i] === 1 && shore[i] !== 1;
    if (county[i] !== 1 || border[i] === 1 || !dry) township[i] = -1;
  }
  dropIslets(raster, township);
  return {
    raster,
    townshipOf: (cell) => township[cell] ?? -1,
    townshipAt: (x, y) => township[cellAt(raster, x, y)] ?? -1,
    sea: measureDistances(raster, shallows),
  };
}

/** Township of each cell, the reclaimed part of the county, and the edges of the reclaimed townships. */
function layTownships(raster: Raster, { townships }: Geography, county: Uint8Array) {
  const township = new Int8Array(county.length).fill(-1);
  const reclaimed = new Uint8Array(county.length);
  for (const [index, { code, cell }] of townships.entries()) {
    const isReclaimed = reclaimedTownships.includes(code);
    const inside = fillRings(raster, cell);
    for (let i = 0; i < inside.length; i++) {
      if (inside[i] !== 1) continue;
      township[i] = index;
      if (isReclaimed && county[i] === 1) reclaimed[i] = 1;
    }
  }
  const outlines = townships
    .filter(({ code }) => reclaimedTownships.includes(code))
    .flatMap(({ cell }) => cell);
  return { township, reclaimed, edge: traceRings(raster, outlines) };
}

function around({ columns }: Raster, cell: number): number[] {
  return [-columns - 1, -columns, -columns + 1, -1, 1, columns - 1, columns, columns + 1].map(
    (d) => cell + d,
  );
}

function dropIslets({ columns }: Raster, township: Int8Array): void {
  const seen = new Uint8Array(township.length);
  const steps = [1, -1, columns, -columns];
  for (let start = 0; start < township.length; start++) {
    if (township[start]! < 0 || seen[start] === 1) continue;
    const island = [start];
    seen[start] = 1;
    for (let k = 0; k < island.length; k++) {
      for (const step of steps) {
        const next = island[k]! + step;
        if (township[next] === undefined || township[next] < 0 || seen[next] === 1) continue;
        seen[next] = 1;
        island.push(next);
      }
    }
    if (island.length < smallestIsland) for (const cell of island) township[cell] = -1;
  }
}

function rasterAround(outline: readonly Point[]): Raster {
  const edges = box(outline);
  const cells = (metres: number) => Math.ceil((metres + 2 * marginMetres) / cellMetres);
  return {
    west: edges.west - marginMetres,
    south: edges.south - marginMetres,
    cellMetres,
    columns: cells(edges.east - edges.west),
    rows: cells(edges.north - edges.south),
  };
}
