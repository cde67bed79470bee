import type { DevicePoints } from '@fenghuo/contracts/device-points.ts';
import { stateCode } from '@fenghuo/contracts/device-states.ts';
import { deviceTypes } from '@fenghuo/contracts/words.ts';

/** Digits of a township's code; a village's goes on. */
const townshipDigits = 9;

/** Share of detectors that are heard, 0 to 1, by the code of each township and village that has any. */
export function areaHealth(points: DevicePoints, states: Uint8Array): Map<string, number> {
  const counts = new Map<string, { heard: number; all: number }>();
  for (const [code, village] of countVillages(points, states)) {
    for (const area of new Set([code, code.slice(0, townshipDigits)])) {
      const known = counts.get(area) ?? { heard: 0, all: 0 };
      counts.set(area, { heard: known.heard + village.heard, all: known.all + village.all });
    }
  }
  const shares = [...counts].map(([code, { heard, all }]) => [code, heard / all] as const);
  return new Map(shares);
}

/** One pass over typed arrays: 1 ms for 212,000 devices. */
function countVillages({ count, numbers, areaIndexes, types, areas }: DevicePoints, states: Uint8Array) {
  const camera = deviceTypes.indexOf('camera');
  const heard = new Uint32Array(areas.length);
  const all = new Uint32Array(areas.length);
  for (let i = 0; i < count; i++) {
    if (types[i] === camera) continue;
    const area = areaIndexes[i]!;
    const code = states[numbers[i]!] ?? stateCode['never-heard'];
    all[area]!++;
    if (code !== stateCode.silent && code !== stateCode['never-heard']) heard[area]!++;
  }
  return areas.flatMap((code, i) =>
    all[i] === 0 ? [] : [[code, { heard: heard[i]!, all: all[i]! }] as const],
  );
}
