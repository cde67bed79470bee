import type { ChainUnit } from '@fenghuo/contracts/push.ts';
import { expect, test } from 'vitest';
import { nearUnits } from './near-units.ts';

const unit = (id: string, lon: number, lat: number): ChainUnit => ({
  ...{ id, level: 'team', parent: null, area: '331081100', name: { zh: id, en: id }, lon, lat },
  ...{ capabilities: [], onDuty: null, staff: 3 },
});

test('the nearest first, a degree of longitude being shorter than one of latitude', () => {
  const units = [unit('north', 121.4, 28.6), unit('east', 121.5, 28.5), unit('here', 121.4, 28.5)];
  const near = nearUnits(units, { lon: 121.4, lat: 28.5 });
  expect(near.map(({ unit: { id } }) => id)).toEqual(['here', 'east', 'north']);
  expect(Math.round(near[1]!.metres! / 100)).toBe(98);
});

test('of a place that nobody knows: by name, and no distance is told', () => {
  const near = nearUnits([unit('b', 121, 28), unit('a', 122, 28)], { lon: null, lat: null });
  expect(near.map(({ unit: { id }, metres }) => [id, metres])).toEqual([
    ['a', null],
    ['b', null],
  ]);
});
