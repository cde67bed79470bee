import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Camera } from './camera-directory.ts';
import { nearestCameras } from './nearest-cameras.ts';

const place = { lon: 121.4, lat: 28.4 };
const degree = 1 / 111_320;
/** A camera so many metres north of the place, looking so many degrees off it. */
const camera = (metres: number, off: number, more: Partial<Camera> = {}): Camera => ({
  ...{ no: 0, id: `${metres}/${off}`, code: '', area: '', building: null, floor: null, room: null },
  ...{ lon: place.lon, lat: place.lat + metres * degree, heading: (180 + off + 360) % 360, fieldOfView: 60 },
  playlist: null,
  ...more,
});
const found = (cameras: Camera[], limit = 9) =>
  nearestCameras(cameras, place, limit).map(({ camera: { id }, sees }) => `${id} ${sees}`);

test.each([
  ['straight at it', 0, true],
  ['at the edge of its picture', 29, true],
  ['beside it', 31, false],
  ['away from it', 180, false],
])('%s', (_, off, sees) => expect(found([camera(40, off)])).toEqual([`40/${off} ${sees}`]));

test('who sees it from 50 m is before who looks away at 20 m, and behind who looks away at 10 m', () => {
  expect(found([camera(50, 0), camera(20, 180), camera(10, 180)])).toEqual([
    '10/180 false',
    '50/0 true',
    '20/180 false',
  ]);
});

test('one that hangs nowhere is left out; one right above sees whatever it looks at', () => {
  expect(found([camera(10, 0, { lon: null }), camera(2, 90)])).toEqual(['2/90 true']);
});

test('the first of many are the first of all, whatever the limit', () => {
  const hung = fc.tuple(fc.integer({ min: -900, max: 900 }), fc.integer({ min: 0, max: 359 }));
  fc.assert(
    fc.property(
      fc.uniqueArray(hung, { selector: String, maxLength: 40 }),
      fc.integer({ min: 1, max: 8 }),
      (all, limit) => {
        const cameras = all.map(([metres, off]) => camera(metres, off));
        const costs = (list: ReturnType<typeof nearestCameras>) =>
          list.map(({ metres, sees }) => Math.round(sees ? metres : Math.max(metres, 4) * 3));
        const whole = costs(nearestCameras(cameras, place, 40));
        expect(whole).toEqual([...whole].sort((a, b) => a - b));
        expect(costs(nearestCameras(cameras, place, limit))).toEqual(whole.slice(0, limit));
      },
    ),
  );
});
