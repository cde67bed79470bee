import { decodeDevicePoints, encodeDevicePoints } from '@fenghuo/contracts/device-points.ts';
import { stateCode } from '@fenghuo/contracts/device-states.ts';
import { expect, test } from 'vitest';
import { areaHealth } from './area-health.ts';

const device = (no: number, area: string, type: 'smoke' | 'camera' = 'smoke') => ({
  ...{ no, area, type, lon: 121, lat: 28 },
});

test('a village’s share is of its own detectors, a township’s of all of its villages’; cameras count in neither', () => {
  const points = decodeDevicePoints(
    encodeDevicePoints(
      [
        device(0, '331081100203-02'),
        device(1, '331081100203-01'),
        device(4, '331081100204'),
        device(5, '331081100204', 'camera'),
        device(9, '331081101201'),
      ],
      [121, 28, 121, 28],
    ).buffer as ArrayBuffer,
  );
  const states = new Uint8Array(10).fill(stateCode.quiet);
  states[1] = stateCode.silent;
  states[4] = stateCode.fault;
  states[5] = stateCode.silent;
  states[9] = stateCode['never-heard'];
  expect(Object.fromEntries(areaHealth(points, states))).toEqual({
    '331081100': 2 / 3,
    '331081100203': 0.5,
    '331081100204': 1,
    '331081101': 0,
    '331081101201': 0,
  });
});
