import type { Point } from './plane.ts';
import { Plots } from './plots.ts';
import { layCore, planProgramme } from './quarters.ts';
import type { SeededRandom } from './seeded-random.ts';
import type { Settlement } from './settlement.ts';
import { arcBetween, type Street } from './street.ts';
import { type Site, VillageBuilder } from './village-builder.ts';
import type { Landscape } from './village-sites.ts';
import type { Township, Village } from './villages.ts';

/**
 * Builds every village: first all streets take their ground, then the cores, then the estates and the farms
 * wherever there is room left. Every building of the programme finds a place.
 */
export function buildSettlements(
  townships: readonly Township[],
  landscape: Landscape,
  random: SeededRandom,
): Settlement[] {
  const plots = new Plots();
  for (const street of landscape.roads.streets) plots.takeStreet(street);
  const sites = townships.flatMap((township) => layStreets(township, landscape, random));
  for (const { core, link } of sites) {
    for (const street of core) plots.takeStreet(street);
    if (link !== null) plots.takeStreet(link);
  }
  const builders = sites.map((site) => new VillageBuilder(site, landscape, plots));
  for (const builder of builders) builder.buildCore();
  for (const builder of builders) builder.buildEstates();
  for (const builder of builders) builder.buildFarms();
  return builders.map((builder) => builder.settlement);
}

function layStreets(township: Township, landscape: Landscape, random: SeededRandom): Site[] {
  return township.villages.map((village) => {
    const own = random.fork(village.code);
    const programme = planProgramme(village, township, own.fork('programme'));
    const core = layCore(village, programme.core.length, own.fork('core'));
    return {
      township,
      village,
      programme,
      core,
      link: linkRoad(village, township, landscape, own.fork('link')),
      random: own,
    };
  });
}

/** From the village to the main road, or to the next village on the way there, whichever is nearer. */
function linkRoad(
  village: Village,
  { villages }: Township,
  { roads }: Landscape,
  random: SeededRandom,
): Street | null {
  const toRoad = (place: Point) => roads.line.metres(place);
  const own = toRoad(village);
  let [target, distance]: [Point, number] = [roads.line.nearest(village) ?? village, own];
  for (const other of villages) {
    const apart = Math.hypot(other.x - village.x, other.y - village.y);
    if (other === village || apart >= distance || toRoad(other) >= own) continue;
    [target, distance] = [other, apart];
  }
  const sag = distance * random.between(-0.12, 0.12);
  return distance < 60 || distance > 4_000 ? null : arcBetween(village, target, { width: 7, sag });
}
