import { expect, test } from 'vitest';
import { type AreaShading, shadeOf, withFigure } from './area-shading.ts';

const shading = (shade: AreaShading['shade'], figure: number): AreaShading => ({
  shade,
  figures: new Map([['331081100', figure]]),
});
const area = '331081100';

test('the lower the index, the deeper the shade; from 90 on, and where nothing is known, none', () => {
  const shades = [100, 90, 89, 79, 69, 59].map((index) => shadeOf(shading('index', index), '331081100'));
  expect(shades.slice(0, 2)).toEqual([0, 0]);
  expect(shades.slice(1)).toEqual([...new Set(shades.slice(1))].sort((a, b) => a - b));
  expect(shadeOf(shading('index', 10), '331081200')).toBe(0);
});

test('detectors: nothing is said of an area where nearly all are heard', () => {
  expect(shadeOf(shading('online', 98), '331081100')).toBe(0);
  expect(withFigure(shading('online', 98), '泽国', area)).toBe('泽国');
  expect(shadeOf(shading('online', 60), '331081100')).toBeGreaterThan(0.4);
  expect(withFigure(shading('online', 60), '泽国', area)).toBe('泽国 60%');
});

test('a low index is said beside the name; without a layer nobody says anything', () => {
  expect(withFigure(shading('index', 97), '牧屿', area)).toBe('牧屿');
  expect(withFigure(shading('index', 71), '牧屿', area)).toBe('牧屿 71');
  expect(withFigure(shading('none', 10), '泽国', area)).toBe('泽国');
  expect(shadeOf(shading('none', 10), '331081100')).toBe(0);
});
