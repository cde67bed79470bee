import { expect, test } from 'vitest';
import { surveyGround } from './ground.ts';
import { type Point, toPlane } from './plane.ts';
import { cellCentre } from './raster.ts';
import { readGeography } from './read-geography.ts';

const geography = readGeography();
const ground = surveyGround(geography);
const codeAt = (lon: number, lat: number) => {
  const { x, y } = toPlane(lon, lat);
  return geography.townships[ground.townshipAt(x, y)]?.code ?? null;
};

test('the seats of towns stand on the ground of their own townships', () => {
  expect(codeAt(121.3617, 28.3688)).toBe('331081001');
  expect(codeAt(121.2501, 28.4664)).toBe('331081101');
  expect(codeAt(121.53, 28.41)).toBe('331081103');
});

test('nothing stands in the sea, in a neighbouring county, on a tidal flat or on an islet', () => {
  const openSea = codeAt(121.75, 28.3);
  const luqiao = codeAt(121.45, 28.56);
  const flatOfWugen = codeAt(121.178, 28.29);
  const flatOfShiqiaotou = codeAt(121.48, 28.33);
  const isletOfShitang = codeAt(121.707, 28.27);
  const farAway = codeAt(120, 30);
  expect({ openSea, luqiao, flatOfWugen, flatOfShiqiaotou, isletOfShitang, farAway }).toEqual({
    openSea: null,
    luqiao: null,
    flatOfWugen: null,
    flatOfShiqiaotou: null,
    isletOfShitang: null,
    farAway: null,
  });
});

test('the reclaimed coast counts as ground, though the surveyed shoreline runs inland of it', () => {
  expect(codeAt(121.612, 28.415)).toBe('331081400');
  expect(codeAt(121.65, 28.44)).toBe('331081400');
});

/** Even-odd, over all rings together. */
function inside(rings: readonly Point[][], { x, y }: Point): boolean {
  let within = false;
  for (const ring of rings) {
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const [a, b] = [ring[i]!, ring[j]!];
      if (a.y > y !== b.y > y && x < ((b.x - a.x) * (y - a.y)) / (b.y - a.y) + a.x) within = !within;
    }
  }
  return within;
}

test('a cell of ground is ground to its corners', () => {
  const { raster } = ground;
  const reclaimed = geography.townships
    .filter(({ code }) => code === '331081106' || code === '331081400')
    .map(({ cell }) => cell);
  let checked = 0;
  for (let cell = 0; cell < raster.columns * raster.rows; cell += 97) {
    if (ground.townshipOf(cell) < 0) continue;
    const { x, y } = cellCentre(raster, cell);
    const reach = raster.cellMetres / 2;
    for (const [dx, dy] of [
      [-reach, -reach],
      [reach, -reach],
      [reach, reach],
      [-reach, reach],
    ] as const) {
      const corner = { x: x + dx, y: y + dy };
      const dry = inside(geography.land, corner) || reclaimed.some((rings) => inside(rings, corner));
      expect(inside(geography.mainland, corner) && dry).toBe(true);
    }
    checked++;
  }
  expect(checked).toBeGreaterThan(2_000);
});
