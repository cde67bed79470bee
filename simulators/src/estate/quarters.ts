import type { BuildingUse } from '@fenghuo/contracts/words.ts';
import type { Point } from './plane.ts';
import type { Plot } from './plots.ts';
import type { SeededRandom } from './seeded-random.ts';
import { alongStreet, besideStreet, type Street } from './street.ts';
import { villageUses } from './township-profiles.ts';
import type { Township, Village } from './villages.ts';

/**
 * A village is built in quarters: its core round the main street; housing estates 小区 of towers that all face
 * south; factory estates; at a port, a row of stores along the shore. Farm buildings stand alone in the fields.
 */
export type QuarterKind = 'core' | 'towers' | 'works' | 'port';

export interface Quarter extends Point {
  kind: QuarterKind;
  /** Counts the quarters of a village, the core is 0. */
  number: number;
  streets: Street[];
  uses: BuildingUse[];
}

/** What a village is to be built of. */
export interface VillageProgramme {
  core: BuildingUse[];
  farms: number;
  /** Number of buildings of each further quarter. */
  towers: number[];
  works: number[];
  port: number;
}

export function planProgramme(village: Village, township: Township, random: SeededRandom): VillageProgramme {
  const { town, buildings: all } = village;
  const share = (part: number) => Math.round(all * part * random.between(0.6, 1.4));
  const rising = village.urban || town > 0.3 ? township.profile.height * town : 0;
  const port = village.port ? Math.min(all, share(0.4)) : 0;
  const works = village.industrial ? Math.min(all - port, share(town > 0.6 ? 0.2 : 0.36)) : 0;
  const towers = Math.min(share(rising), all - port - works);
  const chances = villageUses(town);
  const uses = Object.keys(chances) as BuildingUse[];
  const weights = uses.map((use) => chances[use]);
  const isSeat = village.x === township.seat.x && village.y === township.seat.y;
  const core: BuildingUse[] = isSeat ? ['hospital', 'market', 'school', 'hospital'] : [];
  const rest = all - port - works - towers;
  while (core.length < rest) core.push(uses[random.weighted(weights)]!);
  core.length = rest;
  return {
    core: core.filter((use) => use !== 'farm'),
    farms: core.filter((use) => use === 'farm').length,
    towers: split(towers, 4, 9, random),
    works: split(works, 5, 14, random),
    port,
  };
}

/** Parts of `low` to `high`, the last as small as it comes out. */
function split(total: number, low: number, high: number, random: SeededRandom): number[] {
  const parts: number[] = [];
  for (let left = total; left > 0; left -= parts.at(-1)!) parts.push(Math.min(left, random.whole(low, high)));
  return parts;
}

/** Streets of the core: a grid of blocks in town, a winding main street with lanes in the country. */
export function layCore(village: Village, buildings: number, random: SeededRandom): Street[] {
  if (village.town > 0.35) return layBlocks(village, buildings, random);
  const houses = Math.max(3, buildings) * 30;
  return random.chance(0.3) ? layCanalRows(village, houses, random) : layLanes(village, houses, random);
}

function layBlocks(village: Village, buildings: number, random: SeededRandom): Street[] {
  const spacing = random.between(62, 78);
  const length = Math.max(90, Math.sqrt((buildings * 52 * spacing) / 2) * 1.25);
  const rows = Math.max(1, Math.round(length / spacing));
  const main: Street = { ...village, bend: random.between(-1, 1) / 2_500, length, width: 12 };
  const streets: Street[] = [];
  for (let row = 0; row < rows; row++) {
    const aside = (row - (rows - 1) / 2) * spacing + random.between(-6, 6);
    const shift = random.between(-0.12, 0.12) * length;
    const place = besideStreet(main, shift, aside);
    const width = Math.abs(aside) < spacing / 2 ? 12 : 7;
    streets.push({ ...place, bend: main.bend, length: length * random.between(0.75, 1.15), width });
  }
  const crossings = Math.max(1, Math.round(length / 170));
  for (let k = 0; k < crossings; k++) {
    const s = ((k + 0.5) / crossings - 0.5) * length + random.between(-15, 15);
    const { x, y, heading } = alongStreet(main, s);
    const lean = heading + Math.PI / 2 + random.between(-0.05, 0.05);
    streets.push({
      x,
      y,
      heading: lean,
      bend: 0,
      length: rows * spacing * random.between(0.85, 1.2),
      width: 8,
    });
  }
  return streets;
}

function layLanes(village: Village, frontage: number, random: SeededRandom): Street[] {
  const length = Math.max(80, frontage * random.between(0.3, 0.5));
  const main: Street = { ...village, bend: random.between(-1, 1) / 450, length, width: 6 };
  const streets = [main];
  const lanes = Math.max(1, Math.round(frontage / 170));
  for (let k = 0; k < lanes; k++) {
    const at = alongStreet(main, ((k + 0.5) / lanes - 0.5) * length * 0.9 + random.between(-12, 12));
    const left = (k + (random.chance(0.3) ? 1 : 0)) % 2 === 0;
    const heading = at.heading + (left ? 1 : -1) * random.between(1.2, 1.9);
    const reach = random.between(70, 150);
    const middle = { x: at.x + (Math.cos(heading) * reach) / 2, y: at.y + (Math.sin(heading) * reach) / 2 };
    streets.push({ ...middle, heading, bend: random.between(-1, 1) / 400, length: reach, width: 4 });
  }
  return streets;
}

/** Two streets on the banks of a canal, with houses along both, as on the plain of 温黄. */
function layCanalRows(village: Village, frontage: number, random: SeededRandom): Street[] {
  const length = Math.max(90, frontage * random.between(0.6, 0.75));
  const canal: Street = { ...village, bend: random.between(-1, 1) / 700, length, width: 12 };
  const bank = (aside: number, part: number): Street => {
    const place = besideStreet(canal, random.between(-0.1, 0.1) * length, aside);
    return { ...place, bend: canal.bend, length: length * part, width: 5 };
  };
  return [bank(13, 1), bank(-13, random.between(0.6, 1))];
}

/** How a quarter beyond the core is laid out: `perStreet` plots a row, rows `apart` metres from each other. */
const layouts = {
  towers: { plot: 62, apart: 58, sides: 1, width: 6 },
  works: { plot: 76, apart: 98, sides: 2, width: 10 },
  port: { plot: 84, apart: 90, sides: 2, width: 9 },
} as const;

/** Parallel streets for `count` buildings round a point, and the ground that they need. */
export function layQuarter(
  kind: Exclude<QuarterKind, 'core'>,
  count: number,
  { x, y, heading }: Point & { heading: number },
  /** More is longer and narrower; 1 is about square. */
  stretch: number,
): { streets: Street[]; ground: Plot } {
  const { plot, apart, sides, width } = layouts[kind];
  const perStreet = kind === 'port' ? Math.min(count, 6) : Math.ceil(Math.sqrt(count / sides) * stretch);
  const rows = Math.ceil(count / (perStreet * sides));
  const length = Math.ceil(perStreet * 1.15) * plot;
  const middle: Street = { x, y, heading, bend: 0, length, width };
  const streets = Array.from({ length: rows }, (_, row) => ({
    ...middle,
    ...besideStreet(middle, 0, (row - (rows - 1) / 2) * apart),
  }));
  const ground = { x, y, angle: heading, halfLength: length / 2, halfDepth: (rows * apart) / 2 };
  return { streets, ground };
}
