import type { BuildingUse, DeviceType, ReportedKind } from '@fenghuo/contracts/words.ts';

/**
 * How often things happen in a county of Wenling's size (170,000 detectors, 42,000 cameras), per day, when
 * nothing special is going on. Nothing else in ambient life is a number of its own: what is here is all that
 * happens. A smaller estate keeps these numbers, so that a small demo is not a dead one.
 */
export interface Rates {
  heartbeat: HeartbeatRate;
  nuisances: readonly NuisanceRate[];
  fire: FireRate;
  supplies: readonly SupplyRate[];
  upkeep: readonly UpkeepRate[];
}

/** From low to high, both possible. */
export type Range = readonly [low: number, high: number];
/** Likelihood of each hour of the day, midnight first; only their proportions count. */
export type Hours = readonly number[];

export interface HeartbeatRate {
  /** Every device speaks once in this time. Real seconds: liveness knows no compressed time. */
  everyS: number;
  /** The first round is over in this time, so that the figures on the wall fill. Real seconds. */
  firstRoundS: number;
}

/** What a device measured when it went off. */
interface Reading {
  kind: ReportedKind;
  value: Range | null;
  unit: string | null;
}

/** Something that is no emergency and looks like one to a detector. One detector, then it clears. */
export interface NuisanceRate extends Reading {
  name: string;
  perDay: number;
  /** What it turns out to have been, as the one who calls it off writes it down. */
  found: string;
  type: DeviceType;
  uses: readonly BuildingUse[];
  /** Rooms where it happens, by their name; where the estate has none, any room of the building. */
  rooms: RegExp | null;
  hours: Hours;
  /** Real seconds until the detector is clear again: people air the room in real time. */
  clearsAfterS: Range;
}

/** A small real fire in one building: a room, its floor, the floor above, and a camera that sees it. */
export interface FireRate {
  perDay: number;
  hours: Hours;
  /** Where fires begin, by weight. */
  uses: readonly (readonly [use: BuildingUse, weight: number])[];
  /** Detectors that go off, the room of origin's among them. */
  detectors: Range;
  /** Real seconds from one detector to the next: on one floor, and to the floor above. */
  spreadOnFloorS: Range;
  spreadToNextFloorS: Range;
  /** Likelihood that a camera near enough sees it, how near in metres, and how late in real seconds. */
  cameraSees: number;
  cameraWithinM: number;
  cameraAfterS: Range;
  /** Real seconds from the last detector until the smoke is out of the building. */
  clearsAfterS: Range;
  smoke: { value: Range; unit: string };
  heat: { value: Range; unit: string };
}

/** Water, current, pressure of the fire protection: low severity, over within minutes. */
export interface SupplyRate extends Reading {
  perDay: number;
  type: DeviceType;
  /** Real seconds. */
  clearsAfterS: Range;
}

/** Work for upkeep. Nobody acts on it in the demo, so its end comes in simulated time. */
export interface UpkeepRate {
  kind: 'fault' | 'battery';
  perDay: number;
  types: readonly DeviceType[];
  /** Said in the message's attrs. */
  causes: readonly string[];
  value: Range | null;
  unit: string | null;
  /** Simulated hours until it is mended. */
  mendedAfterH: Range;
}

/** No hour likelier than another: faults, batteries, supply. */
export const evenly: Hours = Array<number>(24).fill(1);
//                      0    1    2    3    4    5  6  7  8  9  10 11 12 13 14 15 16 17 18 19 20 21 22 23
const cooking: Hours = [1, 0.6, 0.5, 0.5, 0.7, 1, 3, 4, 2, 1, 3, 5, 4, 2, 1, 2, 4, 5, 5, 3, 2, 1, 1, 1];
const working: Hours = [0.2, 0.2, 0.2, 0.2, 0.2, 0, 1, 3, 6, 7, 7, 5, 3, 6, 7, 7, 6, 4, 2, 1, 1, 1, 1, 0.3];
const school: Hours = [0, 0, 0, 0, 0, 0, 0, 2, 4, 6, 5, 4, 3, 4, 5, 5, 4, 1, 0, 0, 0, 0, 0, 0];
const evening: Hours = [1, 0.3, 0.2, 0.1, 0.1, 1, 3, 4, 2, 1, 1, 1, 1, 1, 1, 1, 1, 2, 4, 6, 8, 8, 5, 2];
const burning: Hours = [3, 2, 2, 2, 1, 1, 2, 3, 3, 4, 4, 5, 5, 4, 4, 4, 4, 5, 6, 6, 5, 5, 4, 3];

const smokeReading = { kind: 'smoke', value: [4, 9], unit: '%/m' } as const;

export const wenlingRates: Rates = {
  heartbeat: { everyS: 600, firstRoundS: 60 },
  nuisances: [
    {
      name: 'cooking smoke',
      perDay: 20,
      found: '炒菜油烟，已开窗通风',
      ...smokeReading,
      type: 'smoke',
      uses: ['residential', 'high-rise'],
      rooms: null,
      hours: cooking,
      clearsAfterS: [70, 200],
    },
    {
      name: 'an unlit stove',
      perDay: 5,
      found: '灶具未点着，已关阀通风',
      kind: 'gas',
      value: [18, 27],
      unit: '%LEL',
      type: 'gas',
      uses: ['market', 'residential', 'high-rise', 'hospital', 'school'],
      rooms: /厨|kitchen/i,
      hours: cooking,
      clearsAfterS: [60, 150],
    },
    {
      name: 'welding and dust',
      perDay: 6,
      found: '焊接作业烟尘，现场有人看护',
      ...smokeReading,
      type: 'smoke',
      uses: ['factory', 'warehouse', 'farm'],
      rooms: null,
      hours: working,
      clearsAfterS: [60, 180],
    },
    {
      name: 'steam',
      perDay: 4,
      found: '蒸汽所致，无火情',
      kind: 'heat',
      value: [54, 60],
      unit: '°C',
      type: 'heat',
      uses: ['residential', 'high-rise', 'factory', 'hospital', 'school', 'market'],
      rooms: /厨|开水|烘干|kitchen|bath/i,
      hours: evening,
      clearsAfterS: [60, 150],
    },
    {
      name: 'a cigarette',
      perDay: 3,
      found: '室内吸烟，已劝阻',
      ...smokeReading,
      type: 'smoke',
      uses: ['market', 'hospital', 'high-rise'],
      rooms: null,
      hours: working,
      clearsAfterS: [60, 120],
    },
    {
      name: 'a pupil and a call point',
      perDay: 2,
      found: '误按手报按钮，已复位',
      kind: 'manual',
      value: null,
      unit: null,
      type: 'manual',
      uses: ['school', 'market'],
      rooms: null,
      hours: school,
      clearsAfterS: [90, 180],
    },
  ],
  fire: {
    perDay: 3,
    hours: burning,
    uses: [
      ['residential', 45],
      ['factory', 20],
      ['high-rise', 15],
      ['warehouse', 8],
      ['market', 8],
      ['farm', 4],
    ],
    detectors: [2, 6],
    spreadOnFloorS: [12, 40],
    spreadToNextFloorS: [40, 90],
    cameraSees: 0.8,
    cameraWithinM: 110,
    cameraAfterS: [25, 90],
    clearsAfterS: [200, 300],
    smoke: { value: [9, 22], unit: '%/m' },
    heat: { value: [58, 84], unit: '°C' },
  },
  supplies: [
    {
      kind: 'pressure',
      perDay: 4,
      type: 'pressure',
      value: [0.04, 0.12],
      unit: 'MPa',
      clearsAfterS: [120, 400],
    },
    { kind: 'current', perDay: 6, type: 'current', value: [310, 800], unit: 'mA', clearsAfterS: [120, 400] },
    { kind: 'water', perDay: 4, type: 'water', value: [0.2, 0.9], unit: 'm', clearsAfterS: [150, 500] },
  ],
  upkeep: [
    {
      kind: 'fault',
      perDay: 60,
      types: ['smoke', 'heat', 'co', 'gas', 'water', 'current', 'pressure', 'manual', 'camera'],
      causes: ['sensor', 'wiring', 'contamination', 'communication', 'power'],
      value: null,
      unit: null,
      mendedAfterH: [2, 10],
    },
    {
      kind: 'battery',
      perDay: 120,
      types: ['smoke', 'heat', 'co', 'gas', 'water', 'pressure'],
      causes: [],
      value: [6, 14],
      unit: '%',
      mendedAfterH: [8, 36],
    },
  ],
};
