import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seededRandom } from '../estate/seeded-random.ts';
import { alphaOf, type Growth, growths, heatReleaseKw } from './growth.ts';
import {
  type BuildingFire,
  drawThreshold,
  type FireDetector,
  playFire,
  readingAt,
  sensings,
} from './play-fire.ts';
import { smokePath } from './smoke-path.ts';

const roomFire = (more: { growth?: Growth; peakKw?: number; outAt?: number; smouldersMs?: number } = {}) => ({
  ...{ growth: 'medium' as Growth, beginsAt: 0, smouldersMs: 20_000, peakKw: 3000, outAt: 600_000 },
  ...more,
});
const building = (more: Parameters<typeof roomFire>[0] = {}): BuildingFire => ({
  fires: [{ fire: roomFire(more), floor: 3, room: '301' }],
  door: { afterMs: 20_000, passes: 0.4 },
  stairs: { afterMs: 45_000, passes: 0.5 },
  roomM3: 60,
  untilMs: 900_000,
});
const detector = (more: Partial<FireDetector> = {}): FireDetector => ({
  ...{ floor: 3, room: '301', metres: 0, sensing: 'smoke', yard: null },
  ...more,
});
const threshold = { at: 4, respondsMs: 3_000 };
const alarmAt = (of: BuildingFire, it: FireDetector) =>
  playFire(of, [it], [threshold]).find(({ phase }) => phase === 'alarm')?.atMs ?? Number.POSITIVE_INFINITY;

test('1,055 kW come after 600, 300, 150 and 75 s of flames (NFPA 204)', () => {
  const seconds = growths.map((growth) => Math.sqrt(1055 / alphaOf[growth]));
  expect(seconds.map(Math.round)).toEqual([600, 300, 150, 75]);
});

test('smoulder → grow with the time squared → what there is to burn is burning → put out → fade', () => {
  const fire = roomFire({ peakKw: 400, outAt: 300_000 });
  expect(heatReleaseKw(fire, 20_000)).toBe(0);
  expect(heatReleaseKw(fire, 120_000)).toBeCloseTo(117.2, 1);
  expect(heatReleaseKw(fire, 220_000)).toBeCloseTo(400, 1);
  expect(heatReleaseKw(fire, 300_000)).toBe(400);
  expect(heatReleaseKw(fire, 390_000)).toBeCloseTo(400 / Math.E, 1);
});

test('room → floor → floor above → two above, in this order; one below late; two below never', () => {
  const of = building({ growth: 'fast' });
  const order = [
    detector(),
    detector({ room: '302', metres: 6 }),
    detector({ floor: 4 }),
    detector({ floor: 5 }),
  ];
  const times = order.map((it) => alarmAt(of, it));
  expect(times).toEqual(times.toSorted((a, b) => a - b));
  expect(times.every(Number.isFinite)).toBe(true);
  expect(alarmAt(of, detector({ floor: 2 }))).toBeGreaterThan(times[2]!);
  expect(alarmAt(of, detector({ floor: 1 }))).toBe(Number.POSITIVE_INFINITY);
});

test('rising → alarm → said again → clear once the air is', () => {
  const signals = playFire(building({ outAt: 200_000 }), [detector({ room: '302', metres: 3 })], [threshold]);
  expect([...new Set(signals.map(({ phase }) => phase))]).toEqual(['rising', 'alarm', 'again', 'clear']);
  expect(signals.filter(({ phase }) => phase === 'alarm')).toHaveLength(1);
});

test('a detector above the flames burns and says nothing more, not even that it is clear', () => {
  const signals = playFire(building({ growth: 'ultra-fast' }), [detector()], [threshold]);
  expect(signals.map(({ phase }) => phase)).toContain('alarm');
  expect(signals.at(-1)!.atMs).toBeLessThan(200_000);
});

describe('for any fire', () => {
  const moment = fc.integer({ min: 0, max: 900_000 });
  const anyDetector = fc.record({
    floor: fc.integer({ min: 1, max: 8 }),
    room: fc.constantFrom('301', '302', null),
    metres: fc.double({ min: 0, max: 60, noNaN: true }),
    sensing: fc.constantFrom(...sensings),
  });

  test('what is read is possible: 0 to 100 %/m, no colder than the room, no less than no gas', () => {
    fc.assert(
      fc.property(fc.constantFrom(...growths), anyDetector, moment, (growth, it, at) => {
        const value = readingAt(building({ growth }), detector(it), at);
        expect(value).toBeGreaterThanOrEqual(it.sensing === 'heat' ? 22 : 0);
        expect(value).toBeLessThanOrEqual({ smoke: 100, heat: 1000, co: 20_000 }[it.sensing]);
      }),
    );
  });

  test('a faster one is never found later, and a floor higher up never sooner', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3 }), anyDetector, (faster, it) => {
        const smoke = detector({ ...it, sensing: 'smoke' });
        const slow = alarmAt(building({ growth: growths[faster - 1]! }), smoke);
        expect(alarmAt(building({ growth: growths[faster]! }), smoke)).toBeLessThanOrEqual(slow);
        const [low, high] = [
          detector({ floor: 4, metres: it.metres }),
          detector({ floor: 5, metres: it.metres }),
        ];
        expect(alarmAt(building(), high)).toBeGreaterThanOrEqual(alarmAt(building(), low));
      }),
      { numRuns: 40 },
    );
  });

  test('no passage adds smoke or gives time back', () => {
    fc.assert(
      fc.property(anyDetector, anyDetector, (from, to) => {
        const way = smokePath(from, to, building());
        if (way === null) return;
        expect(way.passes).toBeLessThanOrEqual(1);
        expect(way.afterMs).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  test('the same seed, the same story', () => {
    fc.assert(
      fc.property(fc.string(), (seed) => {
        const tell = () => {
          const random = seededRandom(seed);
          const all = sensings.map((sensing) => detector({ sensing }));
          return playFire(
            building(),
            all,
            all.map(({ sensing }) => drawThreshold(sensing, random)),
          );
        };
        expect(tell()).toEqual(tell());
      }),
      { numRuns: 10 },
    );
  });
});
