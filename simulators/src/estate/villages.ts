import { apportion } from './apportion.ts';
import type { Point } from './plane.ts';
import type { Geography, GeographyTownship } from './read-geography.ts';
import type { SeededRandom } from './seeded-random.ts';
import { type TownshipProfile, townshipProfile } from './township-profiles.ts';
import {
  assignVillages,
  findVillageSites,
  isUrban,
  type Landscape,
  villageCandidates,
} from './village-sites.ts';

export interface Township {
  index: number;
  code: string;
  nameZh: string;
  nameEn: string;
  /** Without 镇, 街道 or 新区, as it is said: 泽国. */
  shortName: string;
  /** On dry ground, at its first village. */
  seat: Point;
  profile: TownshipProfile;
  villages: Village[];
}

export interface Village extends Point {
  code: string;
  /** As registered: 东门村委会. */
  officialName: string;
  /** The place, as it is said: 东门村, 方城社区. */
  place: string;
  placeEn: string;
  /** Pinyin of the name alone. */
  nameEn: string;
  urban: boolean;
  /** How much of a town it is: 1 at the seat, 0 in open country. */
  town: number;
  /** Direction of its main street. */
  heading: number;
  industrial: boolean;
  port: boolean;
  /** Number of buildings. */
  buildings: number;
  grids: number;
}

export function foundVillages(
  geography: Geography,
  landscape: Landscape,
  buildings: number,
  random: SeededRandom,
): Township[] {
  const candidates = villageCandidates(landscape, geography.townships.length, random.fork('candidates'));
  const townships: Township[] = [];
  for (const [index, township] of geography.townships.entries()) {
    const beyond = townships.flatMap((other) => other.villages);
    const wanted = { index, candidates: candidates[index]!, beyond };
    townships.push(foundTownship(township, wanted, landscape, random.fork(township.code)));
  }
  tellNamesakesApart(townships);
  const villages = townships.flatMap((township) => township.villages);
  const weights = townships.flatMap((township) =>
    villageWeights(township, random.fork(`size ${township.code}`)),
  );
  for (const [i, count] of apportion(buildings, weights, 1).entries()) villages[i]!.buildings = count;
  return townships;
}

function foundTownship(
  source: GeographyTownship,
  { index, candidates, beyond }: { index: number; candidates: readonly Point[]; beyond: readonly Point[] },
  landscape: Landscape,
  random: SeededRandom,
): Township {
  const profile = townshipProfile(source.code);
  const { seat: wantedSeat, villages } = source;
  const wanted = { seat: wantedSeat, count: villages.length, townReach: profile.townReach, beyond };
  const sites = findVillageSites(wanted, candidates, landscape, random.fork('sites'));
  const seat = sites[0]!;
  const roadAtSeat = landscape.roads.line.nearest(seat)?.heading ?? 0;
  const found = assignVillages(source, sites).map(({ village, site }) => {
    const own = random.fork(village.code);
    const town = Math.exp(-((Math.hypot(site.x - seat.x, site.y - seat.y) / profile.townReach) ** 2));
    const urban = isUrban(village.name);
    return {
      ...site,
      ...namePlace(village.name, village.nameEn),
      code: village.code,
      urban,
      town,
      heading: town > 0.35 ? roadAtSeat + own.between(-0.04, 0.04) : streetHeading(site, landscape, own),
      industrial: own.chance(profile.industry),
      port: profile.port && own.chance(0.5) && nearShore(site, landscape),
      buildings: 0,
      grids: own.whole(2, urban || town > 0.5 ? 5 : 4),
    };
  });
  return {
    index,
    code: source.code,
    nameZh: source.nameZh,
    nameEn: source.nameEn,
    shortName: source.nameZh.replace(/(街道|新区|镇|乡)$/, ''),
    seat,
    profile,
    villages: found.sort((a, b) => (a.code < b.code ? -1 : 1)),
  };
}

function nearShore(site: Point, { ground }: Landscape): boolean {
  return ground.sea.metres(site) < 1_500;
}

function namePlace(officialName: string, nameEn: string) {
  const bare = officialName.replace(/(村委会|居委会|社区)$/, '');
  const suffix = isUrban(officialName) ? '社区' : bare.endsWith('村') ? '' : '村';
  return {
    officialName,
    nameEn,
    place: bare + suffix,
    placeEn: `${nameEn} ${isUrban(officialName) ? 'community' : 'village'}`,
  };
}

/**
 * Villages of one name get the township's before it, 箬横汇头林村; those that only English cannot tell apart get
 * it behind, and the end of their code where they lie in one township: Jiangyang village (Zeguo 205).
 */
function tellNamesakesApart(townships: readonly Township[]): void {
  const all = townships.flatMap((township) => township.villages.map((village) => ({ village, township })));
  const chinese = Map.groupBy(all, ({ village }) => village.place);
  const english = Map.groupBy(all, ({ village }) => village.placeEn);
  for (const namesakes of chinese.values())
    if (namesakes.length > 1)
      for (const { village, township } of namesakes) village.place = township.shortName + village.place;
  for (const namesakes of english.values()) {
    if (namesakes.length === 1) continue;
    for (const { village, township } of namesakes) {
      const alone = namesakes.filter((other) => other.township === township).length === 1;
      village.placeEn += ` (${township.nameEn}${alone ? '' : ` ${village.code.slice(-3)}`})`;
    }
  }
}

/** Along the road where one is near, often across it; else as the land drifts. */
function streetHeading(site: Point, { roads, terrain }: Landscape, random: SeededRandom): number {
  const wobble = random.between(-0.2, 0.2);
  const across = random.chance(0.3) ? Math.PI / 2 : 0;
  const road = roads.line.metres(site) < 900 ? roads.line.nearest(site) : null;
  return (road?.heading ?? terrain.drift(site.x, site.y) * 2 * Math.PI) + across + wobble;
}

/** How many buildings each village of a township gets: more in town, and never all the same. */
function villageWeights({ villages, profile }: Township, random: SeededRandom): number[] {
  const raw = villages.map((village) => {
    const luck = Math.exp(0.38 * (random.next() + random.next() + random.next() - 1.5) * 2);
    const works = (village.industrial ? 1.5 : 1) * (village.port ? 1.6 : 1);
    return (village.urban ? 1.3 : 1) * (1 + 1.7 * village.town) * works * luck;
  });
  const sum = raw.reduce((a, b) => a + b, 0);
  return raw.map((weight) => (weight * profile.weight) / sum);
}
