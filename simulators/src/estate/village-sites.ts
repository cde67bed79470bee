import type { Ground } from './ground.ts';
import type { Point } from './plane.ts';
import { cellCentre } from './raster.ts';
import type { GeographyTownship } from './read-geography.ts';
import type { Roads } from './roads.ts';
import type { SeededRandom } from './seeded-random.ts';
import { type Terrain, tooSteep } from './terrain.ts';

/** What the land offers to whoever settles on it. */
export interface Landscape {
  ground: Ground;
  terrain: Terrain;
  roads: Roads;
}

interface Candidate extends Point {
  /** How much sooner this place is settled than another. */
  appeal: number;
  /** Room that a village wants here, where 1 is open country. */
  room: number;
}

/**
 * One place for each village of a township, the first at the seat; `beyond` are the villages of the townships
 * that were settled before. Villages are closer together near the seat
 * and wider apart in the hills, they like flat ground and a road near by, and none lies on top of another.
 */
export function findVillageSites(
  township: { seat: Point; count: number; townReach: number; beyond: readonly Point[] },
  candidates: readonly Point[],
  landscape: Landscape,
  random: SeededRandom,
): Point[] {
  const nearBorder = township.beyond.filter((other) => apart(other, township.seat) < farthestReach);
  const rated = candidates
    .filter((place) => nearBorder.every((other) => squaredApart(place, other) > acrossBorder ** 2))
    .map((place) => rate(place, township, landscape, random))
    .map((candidate) => ({ ...candidate, key: Math.log(1 - random.next()) / candidate.appeal }))
    .sort((a, b) => b.key - a.key)
    .slice(0, township.count * candidatesPerVillage);
  const seat = rated.reduce((best, place) =>
    apart(place, township.seat) < apart(best, township.seat) ? place : best,
  );
  const ordered = [seat, ...rated.filter((place) => place !== seat)];
  let spacing = Math.sqrt((candidates.length * candidateArea) / township.count) * 1.4;
  for (;;) {
    const sites = settle(ordered, spacing, township.count);
    if (sites.length === township.count) return sites;
    spacing *= 0.92;
  }
}

/** Square metres that a candidate stands for: every other cell each way. */
const candidateArea = 10_000;
const candidatesPerVillage = 60;
/** Metres between villages of different townships, at the least. */
const acrossBorder = 320;
/** No township reaches further than this from its seat. Metres. */
const farthestReach = 15_000;

/** Places in each township where a village may lie: off the shore, off the border, not steep. */
export function villageCandidates(
  { ground, terrain }: Landscape,
  townships: number,
  random: SeededRandom,
): Point[][] {
  const candidates: Point[][] = Array.from({ length: townships }, () => []);
  const { raster } = ground;
  for (let row = 3; row < raster.rows - 3; row += 2) {
    for (let column = 3; column < raster.columns - 3; column += 2) {
      const cell = row * raster.columns + column;
      const township = ground.townshipOf(cell);
      if (township < 0 || ground.sea.metres(cellCentre(raster, cell)) < 200) continue;
      const around = [3, -3, 3 * raster.columns, -3 * raster.columns];
      if (around.some((step) => ground.townshipOf(cell + step) < 0)) continue;
      const { x, y } = cellCentre(raster, cell);
      const place = { x: x + random.between(-45, 45), y: y + random.between(-45, 45) };
      if (terrain.hilliness(place.x, place.y) < tooSteep * 0.85) candidates[township]!.push(place);
    }
  }
  return candidates;
}

function rate(
  place: Point,
  { seat, townReach }: { seat: Point; townReach: number },
  { terrain, roads }: Landscape,
  random: SeededRandom,
): Candidate {
  const near = Math.exp(-((apart(place, seat) / townReach) ** 2));
  const hill = terrain.hilliness(place.x, place.y);
  const road = Math.exp(-roads.line.metres(place) / 450);
  const flat = (1 - hill / tooSteep) ** 2;
  return {
    ...place,
    appeal: flat * (0.15 + 1.1 * road + 2 * near),
    room: (1 - 0.68 * near) * (1 + 0.5 * hill) * (1.12 - 0.3 * road) * random.between(0.75, 1.25),
  };
}

/** Takes candidates in order, each unless it is too near to one that was taken. */
function settle(ordered: readonly Candidate[], spacing: number, count: number): Point[] {
  const taken: Candidate[] = [];
  for (const place of ordered) {
    const free = taken.every(
      (other) => squaredApart(place, other) > ((spacing * (place.room + other.room)) / 2) ** 2,
    );
    if (free) taken.push(place);
    if (taken.length === count) break;
  }
  return taken.map(({ x, y }) => ({ x, y }));
}

/**
 * Which village lies at which site: the urban communities nearest to the seat, the others so that neighbours
 * in the list of codes are neighbours on the ground.
 */
export function assignVillages(
  township: GeographyTownship,
  sites: readonly Point[],
): { village: GeographyTownship['villages'][number]; site: Point }[] {
  const centre = sites[0]!;
  const urban = township.villages.filter((village) => isUrban(village.name));
  const rural = township.villages.filter((village) => !isUrban(village.name));
  const outwards = [...sites].sort((a, b) => apart(a, centre) - apart(b, centre));
  const turn = (site: Point) => Math.atan2(site.y - centre.y, site.x - centre.x);
  const country = outwards.slice(urban.length).sort((a, b) => turn(a) - turn(b));
  return [
    ...urban.map((village, i) => ({ village, site: outwards[i]! })),
    ...rural.map((village, i) => ({ village, site: country[i]! })),
  ];
}

/** 社区 and 居委会 are urban communities, 村委会 are villages. */
export function isUrban(officialName: string): boolean {
  return !officialName.endsWith('村委会');
}

function apart(a: Point, b: Point): number {
  return Math.sqrt(squaredApart(a, b));
}

/** For comparisons; `Math.hypot` is ten times as slow, and here it shows. */
function squaredApart(a: Point, b: Point): number {
  return (a.x - b.x) ** 2 + (a.y - b.y) ** 2;
}
