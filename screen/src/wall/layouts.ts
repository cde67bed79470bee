import type { MapShade, WallMode } from '@fenghuo/contracts/wall-orders.ts';

/** What can stand on a wall. A part that has nothing to show leaves its room to the others. */
export type Part =
  | 'quiet'
  | 'lead'
  | 'course'
  | 'list'
  | 'map'
  | 'building'
  | 'video'
  | 'mosaic'
  | 'chain'
  | 'teams'
  | 'seats'
  | 'townships';

/** Along the stack that it stands in: so many rem, as much as it needs, or its share of what the others leave. */
export type Extent = { rem: number } | { share: number } | 'content';

export type Zone = { extent: Extent } & ({ part: Part; only?: 'calm' } | Stack);

/** Zones beside or below each other. One without zones that show something is not there. */
export interface Stack {
  along: 'across' | 'down';
  zones: readonly Zone[];
}

/** A composition of the wall. The wall is 67.5 rem high and 67.5 times its ratio wide, at least 120 rem. */
export interface Layout {
  name: string;
  mode: WallMode;
  /** Least ratio of width to height. */
  from: number;
  /** The course of the gravest incident is told always, or only while it is the only one. */
  course: 'always' | 'alone';
  /** What the ground of the map tells while nothing is open, and while something is. A desk can order another. */
  shade: { quiet: MapShade; open: MapShade };
  body: Stack;
  /** While nothing is open: the room of the incidents goes to the map, to pictures and to figures. */
  quiet?: Stack;
  /** While few incidents are open, if that is another composition. */
  calm?: Stack;
}

const part = (name: Part, extent: Extent): Zone => ({ part: name, extent });
const share = (parts: number): Extent => ({ share: parts });
const stack = (along: Stack['along'], extent: Extent, ...zones: Zone[]): Zone => ({ along, zones, extent });

/** Lead and list below each other; the course where no list is. */
const oneColumn = (rem: number, ...more: Zone[]) =>
  stack(
    'down',
    { rem },
    ...[part('quiet', share(1)), part('lead', 'content'), part('course', share(1)), part('list', share(1))],
    ...more,
  );
const leadColumn = (rem: number) =>
  stack('down', { rem }, ...[part('quiet', share(1)), part('lead', 'content'), part('course', share(1))]);
const below = (map: number, building: number, video: number) =>
  stack(
    'down',
    share(1),
    ...[part('map', share(map)), part('building', share(building)), part('video', share(video))],
  );
/** The map, and beside it the building above its cameras. */
const beside = stack(
  'across',
  share(1),
  part('map', share(1)),
  stack('down', share(1), part('building', share(1.15)), part('video', share(1))),
);
const calm = (name: Part, extent: Extent): Zone => ({ part: name, extent, only: 'calm' });
const chainColumn = (rem: number) =>
  stack('down', { rem }, part('chain', share(1)), calm('seats', 'content'));
/** Wide enough for two columns of townships while few tickets stand in the chain. */
const wideChainColumn = (rem: number) =>
  stack('down', { rem }, part('chain', share(2.2)), calm('townships', share(1)), calm('seats', 'content'));

/** A quiet wall between the columns: the map, and beside it what the county scan sees. */
const mapAndScan = stack('across', share(1), part('map', share(1.2)), part('mosaic', share(1)));
const lookAround = (rem: number) =>
  stack('down', { rem }, part('quiet', share(0.35)), part('video', share(1)));
const chainAndTownships = (rem: number) =>
  stack('down', { rem }, part('chain', { rem: 25 }), part('townships', share(1)), part('seats', 'content'));

/** A quiet wall tells how safe each area is; beside what is open only what is wrong with detectors, and in wartime nothing. */
const everydayShade = { quiet: 'index', open: 'online' } as const;
const wartimeShade = { quiet: 'index', open: 'none' } as const;

/**
 * Every wall of the house, the widest first. 3840×1080 is a panorama, 5760×2160 broad, 1920×1080 and 3840×2160 standard.
 * In wartime the gravest incident grows, and the chain is flat: the commander, and who is ordered to what.
 */
export const layouts: readonly Layout[] = [
  {
    ...{ name: 'panorama', mode: 'everyday', from: 3, course: 'always', shade: everydayShade },
    body: {
      along: 'across',
      zones: [
        leadColumn(46),
        stack('down', { rem: 44 }, part('list', share(1.2)), part('townships', share(1))),
        beside,
        chainColumn(46),
      ],
    },
    calm: { along: 'across', zones: [oneColumn(52), beside, wideChainColumn(44)] },
    quiet: { along: 'across', zones: [lookAround(46), mapAndScan, chainAndTownships(42)] },
  },
  {
    ...{ name: 'panorama', mode: 'wartime', from: 3, course: 'always', shade: wartimeShade },
    body: {
      along: 'across',
      zones: [leadColumn(52), part('list', { rem: 40 }), beside, part('teams', { rem: 46 })],
    },
  },
  {
    ...{ name: 'broad', mode: 'everyday', from: 2.3, course: 'alone', shade: everydayShade },
    body: {
      along: 'across',
      zones: [oneColumn(44), beside, wideChainColumn(44)],
    },
    quiet: { along: 'across', zones: [lookAround(44), mapAndScan, chainAndTownships(40)] },
  },
  {
    ...{ name: 'broad', mode: 'wartime', from: 2.3, course: 'alone', shade: wartimeShade },
    body: { along: 'across', zones: [oneColumn(52), beside, part('teams', { rem: 48 })] },
  },
  {
    ...{ name: 'standard', mode: 'everyday', from: 0, course: 'alone', shade: everydayShade },
    body: {
      along: 'across',
      zones: [oneColumn(36, calm('townships', share(1.2))), below(1.15, 0.85, 0.53), chainColumn(30)],
    },
    calm: {
      along: 'across',
      zones: [oneColumn(36, part('townships', share(1.2))), below(0.8, 1, 0.45), chainColumn(30)],
    },
    quiet: {
      along: 'across',
      zones: [
        stack('down', { rem: 36 }, part('quiet', share(0.4)), part('mosaic', share(1))),
        stack('down', share(1), part('map', share(1)), part('video', share(0.5))),
        chainAndTownships(32),
      ],
    },
  },
  {
    ...{ name: 'standard', mode: 'wartime', from: 0, course: 'alone', shade: wartimeShade },
    body: { along: 'across', zones: [oneColumn(46), below(1.05, 0.85, 0.53), part('teams', { rem: 34 })] },
  },
];

/** The layout of a mode for a window: the widest that it has room for. */
export function layoutFor(mode: WallMode, width: number, height: number): Layout {
  const found = layouts.find((layout) => layout.mode === mode && width / height >= layout.from);
  if (found === undefined) throw new Error('there is no layout');
  return found;
}

/** The composition for so many open incidents. */
export function bodyOf({ body, calm, quiet }: Layout, open: number): Stack {
  if (open === 0) return quiet ?? body;
  return open <= calmUpTo ? (calm ?? body) : body;
}

/** What the ground of the map tells. */
export function shadeOf({ shade }: Layout, open: number, ordered: MapShade | null): MapShade {
  return ordered ?? (open === 0 ? shade.quiet : shade.open);
}

/** So many open incidents are calm: a zone that is only for the calm makes room for more. */
export const calmUpTo = 4;

/** What of a stack shows something. */
export function shownZones(stack: Stack, isThere: (part: Part) => boolean, calm: boolean): Zone[] {
  return stack.zones.flatMap((zone): Zone[] => {
    if ('part' in zone) return isThere(zone.part) && (calm || zone.only === undefined) ? [zone] : [];
    const zones = shownZones(zone, isThere, calm);
    return zones.length === 0 ? [] : [{ ...zone, zones }];
  });
}
