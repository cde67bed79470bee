import type { BuildingPlan } from '@fenghuo/contracts/rest.ts';
import { expect, test } from 'vitest';
import { liesInside, outlineOf } from './outline.ts';
import { slabLooks } from './slab-looks.ts';
import type { Step } from './spread.ts';
import { pulledFloors, storeysOf } from './storeys.ts';

const device = (id: string, floor: number, more: Partial<BuildingPlan['devices'][number]> = {}) => ({
  ...{ id, type: 'smoke' as const, floor, room: '1203 室', lon: null, lat: null },
  ...more,
});
const plan = (devices: BuildingPlan['devices']): BuildingPlan => ({
  ...{ id: 'B1', nameZh: '12 号楼', nameEn: null, use: 'high-rise', floors: 4, lon: 121.38, lat: 28.37 },
  ...{ footprint: [], devices, left: 0 },
});
const step = (floor: number, order: number): Step => ({
  ...{ device: `S-${order}`, order, floor, room: null, severity: 'high', lit: true, at: order, after: order },
});

test('from the basement to the roof, without a floor 0', () => {
  const of = plan([device('S-1', -1), device('S-2', 3)]);
  const storeys = storeysOf(of, outlineOf(of));
  expect(storeys.map(({ floor }) => floor)).toEqual([-1, 1, 2, 3, 4]);
  expect(storeys[3]?.devices.map(({ id }) => id)).toEqual(['S-2']);
});

test('a place in the next street is not believed; stairs and hydrants are known by their names', () => {
  const of = plan([
    device('S-1', 1, { lon: 121.39, lat: 28.37 }),
    device('S-2', 1, { room: '东楼梯间', lon: 121.38, lat: 28.37 }),
    device('S-3', 1, { room: '1 层消火栓' }),
  ]);
  const outline = outlineOf(of);
  const [ground] = storeysOf(of, outline);
  expect(ground?.devices.every(({ spot }) => liesInside(spot, outline))).toBe(true);
  expect(ground?.devices[1]?.spot).toEqual({ east: 0, south: 0 });
  expect(ground?.devices.map(({ landmark }) => landmark)).toEqual([null, 'stairs', 'hydrant']);
});

test('where it began stays pulled out, and beside it those that went off last', () => {
  const steps = [step(12, 1), step(13, 2), step(14, 3), step(15, 4)];
  expect(pulledFloors(steps, 2)).toEqual([12, 15]);
  expect(pulledFloors(steps, 3)).toEqual([12, 14, 15]);
  expect(pulledFloors([], 3)).toEqual([]);
});

test('a floor has the colour of its gravest alarm that is told, all others are quiet', () => {
  const colours: Record<string, string> = {
    '--high': '#ff0000',
    '--medium': '#ffff00',
    '--ground': '#000000',
  };
  const slab = (floor: number) => ({ floor, x: 0, y: 0, scale: 1 });
  const arranged = { stack: [slab(1), slab(2)], pulled: [slab(2)] };
  const told: Step[] = [{ ...step(2, 1), severity: 'medium' }, step(2, 2)];
  const looks = slabLooks(arranged, [], told, (token) => colours[token] ?? '#808080');
  expect(looks.map(({ edge }) => edge)).toEqual(['#808080', '#ff0000', '#ff0000']);
  expect(looks[1]?.fill).toBe('#520000');
});
