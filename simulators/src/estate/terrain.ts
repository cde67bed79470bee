import type { Point } from './plane.ts';
import { toPlane } from './plane.ts';
import type { SeededRandom } from './seeded-random.ts';

/**
 * The lie of the land, so that villages sit in valleys and on the plain rather than anywhere. It is schematic:
 * the hills below are set by hand where Wenling is hilly (west of 大溪, round 太平, 城南, 坞根, 石塘), the
 * valleys between them are noise from the seed, and nothing was surveyed.
 */
export interface Terrain {
  /** 0 on the plain to 1 on a ridge; above 0.55 nobody builds. */
  hilliness(x: number, y: number): number;
  /** Smooth noise in [0, 1], for whatever should vary gently over a few kilometres. */
  drift(x: number, y: number): number;
}

export const tooSteep = 0.55;

/** Longitude, latitude, reach in km, height from 0 to 1. */
const hills: readonly [lon: number, lat: number, reach: number, height: number][] = [
  [121.178, 28.5, 3.6, 1],
  [121.2, 28.462, 2.4, 0.9],
  [121.215, 28.43, 2.6, 0.95],
  [121.262, 28.523, 2.8, 0.95],
  [121.21, 28.52, 2.4, 1],
  [121.27, 28.42, 2.2, 0.85],
  [121.315, 28.405, 1.6, 0.8],
  [121.25, 28.362, 1.7, 0.8],
  [121.335, 28.345, 2.4, 1],
  [121.385, 28.352, 1.5, 0.85],
  [121.415, 28.372, 1.7, 0.9],
  [121.345, 28.405, 1.2, 0.7],
  [121.3, 28.302, 2.4, 0.9],
  [121.245, 28.305, 1.4, 0.75],
  [121.375, 28.302, 2, 0.95],
  [121.42, 28.272, 2.2, 0.95],
  [121.44, 28.317, 1.6, 0.85],
  [121.487, 28.372, 1.6, 0.85],
  [121.525, 28.355, 1.6, 0.8],
  [121.565, 28.318, 1.6, 0.8],
  [121.625, 28.362, 1, 0.7],
  [121.615, 28.262, 2, 0.85],
  [121.59, 28.29, 1.2, 0.7],
  [121.425, 28.483, 1, 0.75],
  [121.485, 28.468, 1.1, 0.75],
  [121.337, 28.497, 0.8, 0.7],
  [121.38, 28.415, 0.9, 0.7],
];

export function layTerrain(random: SeededRandom): Terrain {
  const ridges = valueNoise(random.fork('ridges'), 900);
  const knolls = valueNoise(random.fork('knolls'), 350);
  const warp = valueNoise(random.fork('warp'), 1_600);
  const drift = valueNoise(random.fork('drift'), 4_000);
  const masses = hills.map(([lon, lat, reach, height]) => ({
    ...toPlane(lon, lat),
    reach: reach * 1_000,
    height,
  }));
  const massAt = ({ x, y }: Point) => {
    let flat = 1;
    for (const mass of masses) {
      const distance = ((x - mass.x) ** 2 + (y - mass.y) ** 2) / (mass.reach * mass.reach);
      if (distance < 6) flat *= 1 - mass.height * Math.exp(-distance * 1.2);
    }
    return 1 - flat;
  };
  return {
    hilliness(x, y) {
      const mass = massAt({ x: x + 1_800 * (warp(x, y) - 0.5), y: y + 1_800 * (warp(y, x) - 0.5) });
      if (mass < 0.02) return mass;
      const ridge = 1 - Math.abs(2 * ridges(x, y) - 1);
      return Math.min(1, mass * (0.3 + 0.75 * ridge + 0.25 * knolls(x, y)));
    },
    drift,
  };
}

/** Noise in [0, 1] that is smooth between the points of a lattice with this spacing. */
function valueNoise(random: SeededRandom, spacing: number): (x: number, y: number) => number {
  const size = 64;
  const lattice = Float64Array.from({ length: size * size }, () => random.next());
  const at = (i: number, j: number) => lattice[(j & (size - 1)) * size + (i & (size - 1))]!;
  const ease = (t: number) => t * t * (3 - 2 * t);
  return (x, y) => {
    const [i, j] = [Math.floor(x / spacing), Math.floor(y / spacing)];
    const [u, v] = [ease(x / spacing - i), ease(y / spacing - j)];
    const south = at(i, j) + (at(i + 1, j) - at(i, j)) * u;
    const north = at(i, j + 1) + (at(i + 1, j + 1) - at(i, j + 1)) * u;
    return south + (north - south) * v;
  };
}
