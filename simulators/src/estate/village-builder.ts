import type { BuildingUse } from '@fenghuo/contracts/words.ts';
import { type BuildingFrame, type BuildingShape, outline, plotsOf, shapeBuilding } from './building-shape.ts';
import type { Point } from './plane.ts';
import type { Plots } from './plots.ts';
import { layQuarter, type Quarter, type QuarterKind, type VillageProgramme } from './quarters.ts';
import type { SeededRandom } from './seeded-random.ts';
import type { PlacedBuilding, Settlement } from './settlement.ts';
import type { Street } from './street.ts';
import { StreetWalks } from './street-walk.ts';
import { tooSteep } from './terrain.ts';
import type { Landscape } from './village-sites.ts';
import type { Township, Village } from './villages.ts';

/** A village with its streets, about to be built. */
export interface Site {
  township: Township;
  village: Village;
  programme: VillageProgramme;
  core: Street[];
  link: Street | null;
  random: SeededRandom;
}

/**
 * Builds one village on ground that all villages share. Call its steps once each, every village's cores before
 * anybody's estates.
 */
export class VillageBuilder {
  readonly settlement: Settlement;
  readonly #site: Site;
  readonly #landscape: Landscape;
  readonly #plots: Plots;

  constructor(site: Site, landscape: Landscape, plots: Plots) {
    this.#site = site;
    this.#landscape = landscape;
    this.#plots = plots;
    const { township, village, link } = site;
    this.settlement = { township, village, buildings: [], streets: [], link };
  }

  buildCore(): void {
    const { village, programme, core } = this.#site;
    const random = this.#site.random.fork('core buildings');
    this.#buildQuarter({ ...village, kind: 'core', number: 0, streets: core, uses: programme.core }, random);
  }

  buildEstates(): void {
    const { programme } = this.#site;
    const random = this.#site.random.fork('estates');
    let number = 0;
    const estate = (kind: Exclude<QuarterKind, 'core'>, use: BuildingUse, count: number) => {
      if (count === 0) return;
      const own = random.fork(`${kind} ${++number}`);
      const quarter = this.#findQuarter(kind, count, own);
      for (const street of quarter.streets) this.#plots.takeStreet(street);
      this.#buildQuarter({ ...quarter, kind, number, uses: Array.from({ length: count }, () => use) }, own);
    };
    estate('port', 'warehouse', programme.port);
    for (const count of programme.towers) estate('towers', 'high-rise', count);
    for (const count of programme.works) estate('works', 'factory', count);
  }

  buildFarms(): void {
    const random = this.#site.random.fork('farms');
    for (let k = 0; k < this.#site.programme.farms; k++) {
      const shape = shapeBuilding('farm', 0, random);
      this.#buildAnywhere({ use: 'farm', shape, quarter: -1, quarterKind: 'fields' }, 180, random);
    }
  }

  #buildQuarter(quarter: Quarter, random: SeededRandom): void {
    const { village } = this.#site;
    const walks = new StreetWalks(quarter.streets, quarter, quarter.kind === 'towers' ? [1] : [1, -1]);
    for (const use of quarter.uses) {
      const shape = shapeBuilding(use, village.town, random);
      const room = { length: shape.length, ...clearances(use, village.town, random) };
      const frame = walks.next(room, (frontage) => this.#fits(shape, frontage));
      const building = { use, shape, quarter: quarter.number, quarterKind: quarter.kind };
      if (frame === null) this.#buildAnywhere(building, 60, random, quarter);
      else this.#place({ ...building, frame });
    }
    this.settlement.streets.push(...walks.builtUp());
  }

  /** A free rectangle of flat ground near the village, at the shore for a port. */
  #findQuarter(kind: Exclude<QuarterKind, 'core'>, count: number, random: SeededRandom) {
    const { village } = this.#site;
    const heading = kind === 'towers' ? random.between(-0.22, 0.22) : village.heading;
    const stretch = random.between(0.75, 1.7);
    const nearest = kind === 'works' ? random.between(180, 420) : 120;
    let place = { x: village.x, y: village.y, heading };
    for (let attempt = 0; attempt < 160; attempt++) {
      const turn = random.between(0, 2 * Math.PI);
      const distance = nearest + random.between(0, 100 + attempt * 9);
      const near = { x: village.x + Math.cos(turn) * distance, y: village.y + Math.sin(turn) * distance };
      place = kind === 'port' ? this.#ashore(near) : { ...near, heading };
      const { streets, ground } = layQuarter(kind, count, place, stretch);
      const corners = outline(
        { length: 2 * ground.halfLength, depth: 2 * ground.halfDepth, floors: 1, wing: null },
        {
          ...besideMiddle(ground),
          angle: ground.angle,
        },
      );
      const open = corners.every((corner) => this.#isOpen(corner)) && this.#isOpen(place);
      if (open && this.#plots.isFree(ground, 4)) return { ...place, streets };
    }
    return { ...place, streets: layQuarter(kind, count, place, stretch).streets };
  }

  /** A place 120 m inland of the shore that is nearest to a point, looking along the shore. */
  #ashore({ x, y }: Point): Point & { heading: number } {
    const { ground } = this.#landscape;
    const shore = ground.sea.nearest({ x, y }) ?? { x, y: y - 1 };
    const inland = Math.atan2(y - shore.y, x - shore.x);
    return {
      x: shore.x + Math.cos(inland) * 150,
      y: shore.y + Math.sin(inland) * 150,
      heading: inland + Math.PI / 2,
    };
  }

  /** Tries places round the quarter, further and further out, until one is free. */
  #buildAnywhere(
    building: Omit<PlacedBuilding, 'frame'>,
    reach: number,
    random: SeededRandom,
    centre: Point = this.#site.village,
  ): void {
    const { heading } = this.#site.village;
    for (let attempt = 0; attempt < 5_000; attempt++) {
      const turn = random.between(0, 2 * Math.PI);
      const distance = random.between(0.4, 1) * (reach + attempt * 6);
      const angle = heading + (random.whole(0, 3) * Math.PI) / 2 + random.between(-0.1, 0.1);
      const frame = {
        x: centre.x + Math.cos(turn) * distance,
        y: centre.y + Math.sin(turn) * distance,
        angle,
      };
      if (!this.#fits(building.shape, frame)) continue;
      this.#place({ ...building, frame });
      return;
    }
    throw new Error(`no ground left for a ${building.use} of ${this.#site.village.code}`);
  }

  #fits(shape: BuildingShape, frame: BuildingFrame): boolean {
    if (!outline(shape, frame).every((corner) => this.#isOpen(corner))) return false;
    return plotsOf(shape, frame).every((plot) => this.#isOpen(plot) && this.#plots.isFree(plot, 1.5));
  }

  #isOpen({ x, y }: Point): boolean {
    const { ground, terrain } = this.#landscape;
    return ground.townshipAt(x, y) === this.#site.township.index && terrain.hilliness(x, y) < tooSteep;
  }

  #place(building: PlacedBuilding): void {
    for (const plot of plotsOf(building.shape, building.frame)) this.#plots.take(plot);
    this.settlement.buildings.push(building);
  }
}

function besideMiddle({
  x,
  y,
  angle,
  halfDepth,
}: {
  x: number;
  y: number;
  angle: number;
  halfDepth: number;
}): Point {
  return { x: x + Math.sin(angle) * halfDepth, y: y - Math.cos(angle) * halfDepth };
}

/** Metres to the next building and to the kerb. */
function clearances(use: BuildingUse, town: number, random: SeededRandom): { gap: number; setback: number } {
  switch (use) {
    case 'residential':
      return {
        gap: random.between(3, town > 0.35 ? 9 : 14) + (random.chance(0.12) ? 18 : 0),
        setback: random.between(2, 5),
      };
    case 'high-rise':
      return { gap: random.between(12, 20), setback: random.between(5, 9) };
    case 'factory':
    case 'warehouse':
      return { gap: random.between(8, 14), setback: random.between(4, 8) };
    case 'school':
    case 'hospital':
    case 'market':
      return { gap: random.between(8, 16), setback: random.between(5, 9) };
    case 'farm':
      return { gap: 10, setback: 4 };
  }
}
