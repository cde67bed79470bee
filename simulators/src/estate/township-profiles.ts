import type { BuildingUse } from '@fenghuo/contracts/words.ts';

/** What a township is like. Only proportions matter; they are rounded impressions, not statistics. */
export interface TownshipProfile {
  /** Share of the county's buildings, in no unit. */
  weight: number;
  /** How far from its seat the town reaches, in metres. */
  townReach: number;
  /** Share of villages with a factory estate of their own. */
  industry: number;
  /** How much of the town is high-rise, 0 to 1. */
  height: number;
  /** Fishing port: warehouses are cold stores and stand at the shore. */
  port: boolean;
  /** What its factories make, Chinese and English. */
  trades: readonly (readonly [zh: string, en: string])[];
}

const shoes = ['鞋业', 'Footwear'] as const;
const pumps = ['泵业', 'Pumps'] as const;
const motors = ['机电', 'Motors'] as const;
const gears = ['减速机', 'Gearboxes'] as const;
const tools = ['工量刃具', 'Tools'] as const;
const hats = ['帽业', 'Hats'] as const;
const plastics = ['塑业', 'Plastics'] as const;
const machines = ['机械', 'Machinery'] as const;
const seafood = ['水产食品', 'Seafood'] as const;
const boats = ['船舶配件', 'Ship Parts'] as const;

const usual: TownshipProfile = {
  weight: 6,
  townReach: 1_100,
  industry: 0.2,
  height: 0.12,
  port: false,
  trades: [machines, plastics],
};

const profiles: Record<string, TownshipProfile> = {
  '331081001': { ...usual, weight: 13, townReach: 1_500, industry: 0.06, height: 0.34, trades: [machines] },
  '331081002': {
    ...usual,
    weight: 9,
    townReach: 1_400,
    industry: 0.15,
    height: 0.32,
    trades: [machines, tools],
  },
  '331081003': {
    ...usual,
    weight: 8,
    townReach: 1_400,
    industry: 0.12,
    height: 0.34,
    trades: [machines, shoes],
  },
  '331081004': { ...usual, weight: 5.5, townReach: 1_300, industry: 0.4, trades: [shoes, machines] },
  '331081005': { ...usual, weight: 7, townReach: 1_300, industry: 0.6, trades: [shoes] },
  '331081100': {
    ...usual,
    weight: 14,
    townReach: 1_700,
    industry: 0.45,
    height: 0.25,
    trades: [motors, gears, shoes, pumps],
  },
  '331081101': {
    ...usual,
    weight: 13.5,
    townReach: 1_700,
    industry: 0.42,
    height: 0.23,
    trades: [pumps, motors, shoes],
  },
  '331081102': {
    ...usual,
    weight: 8.5,
    townReach: 1_400,
    port: true,
    height: 0.14,
    trades: [seafood, boats],
  },
  '331081103': { ...usual, weight: 9.5, townReach: 1_400, trades: [plastics, hats, machines] },
  '331081104': { ...usual, weight: 8.5, townReach: 1_400, industry: 0.3, trades: [hats, machines, plastics] },
  '331081105': { ...usual, weight: 5.5, port: true, height: 0.05, trades: [seafood, boats] },
  '331081106': { ...usual, weight: 5.5, industry: 0.15, height: 0.06, trades: [plastics, machines] },
  '331081107': { ...usual, weight: 5.5, industry: 0.3, height: 0.08, trades: [tools, shoes] },
  '331081108': { ...usual, weight: 5.5, industry: 0.15, height: 0.05, trades: [machines, plastics] },
  '331081109': { ...usual, weight: 3.5, industry: 0.25, height: 0.05, trades: [machines, shoes] },
  '331081110': { ...usual, weight: 2.5, industry: 0.08, height: 0.03, trades: [machines] },
  '331081400': {
    ...usual,
    weight: 2.2,
    townReach: 1_600,
    industry: 1,
    height: 0.25,
    trades: [motors, machines, plastics],
  },
};

/** Profile by township code; a township that is not in the table is a usual one. */
export function townshipProfile(code: string): TownshipProfile {
  return profiles[code] ?? usual;
}

/**
 * Uses of the buildings among the houses of a village, by how much of a town it is (0 to 1). Factories,
 * warehouses at a port and towers stand in estates of their own and are counted there.
 */
export function villageUses(town: number): Record<BuildingUse, number> {
  return {
    residential: 0.8 + 0.01 * town,
    'high-rise': 0,
    factory: 0.025,
    warehouse: 0.02 + 0.01 * town,
    school: 0.014 + 0.014 * town,
    hospital: 0.006 + 0.006 * town,
    market: 0.006 + 0.034 * town,
    farm: 0.115 * (1 - town),
  };
}
