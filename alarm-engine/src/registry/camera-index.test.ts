import fc from 'fast-check';
import { expect, test } from 'vitest';
import { metresBetween } from '../alarms/group-incidents.ts';
import { camerasNear } from './camera-index.ts';
import { Registry } from './registry.ts';

function countyOf(
  places: readonly (readonly [number, number])[],
  type: 'camera' | 'smoke' = 'camera',
): Registry {
  const name = { zh: '', en: '' };
  const registry = new Registry({ code: '331081', name, casePrefix: 'WL', demo: true });
  for (const [lon, lat] of places) add(registry, lon, lat, type);
  return registry;
}

function add(registry: Registry, lon: number, lat: number, type: 'camera' | 'smoke'): void {
  const no = registry.deviceCount;
  registry.addDevice({
    no,
    id: `C${no}`,
    type,
    area: null,
    building: null,
    floor: null,
    room: null,
    lon,
    lat,
  });
}

test('the nearest within the circle, as a look at all of them finds them', () => {
  const place = fc.tuple(
    fc.double({ min: 121.35, max: 121.37, noNaN: true }),
    fc.double({ min: 28.47, max: 28.49, noNaN: true }),
  );
  fc.assert(
    fc.property(fc.array(place, { maxLength: 80 }), place, (places, [lon, lat]) => {
      const found = camerasNear(countyOf(places), { lon, lat, metres: 200, most: 4 }).map(
        ({ metres }) => metres,
      );
      const all = places.map(([x, y]) => Math.round(metresBetween({ lon, lat }, { lon: x, lat: y })));
      expect(found).toEqual(
        all
          .filter((metres) => metres <= 200)
          .sort((a, b) => a - b)
          .slice(0, 4),
      );
    }),
  );
});

test('a camera that came later is found, a detector never', () => {
  const registry = countyOf([[121.36, 28.48]], 'smoke');
  const near = () => camerasNear(registry, { lon: 121.36, lat: 28.48, metres: 100, most: 4 });
  expect(near()).toEqual([]);
  add(registry, 121.3601, 28.48, 'camera');
  expect(near()).toMatchObject([{ camera: 'C1', code: 'C1' }]);
});
