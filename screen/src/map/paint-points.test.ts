import { deviceStates, stateCode } from '@fenghuo/contracts/device-states.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { paintPoints } from './paint-points.ts';
import type { PointPlaces } from './point-places.ts';

const side = 32;
const placesOf = (at: readonly (readonly [number, number])[]): PointPlaces => ({
  count: at.length,
  numbers: Uint32Array.from(at.keys()),
  xSteps: Uint16Array.from(at, ([x]) => x),
  ySteps: Uint16Array.from(at, ([, y]) => y),
  frame: { x: 0, y: 0, width: 1, height: 1 },
});

function paint(at: readonly (readonly [number, number])[], states: number[], of = {}) {
  const pixels = new Uint32Array(side * side);
  const camera = { stepX: 1, stepY: 1, left: 0, top: 0 };
  paintPoints({
    ...{ pixels, width: side, height: side, places: placesOf(at), states: Uint8Array.from(states) },
    ...{ camera, size: 2, stale: false, ...of },
  });
  const drawn = (x: number, y: number) => pixels[y * side + x] !== 0;
  return { pixels, drawn, lit: pixels.filter((pixel) => pixel !== 0).length };
}

const alphaAt = (pixels: Uint32Array, x: number, y: number) => pixels[y * side + x]! >>> 24;

test('more devices on one place are a denser texture, never another colour', () => {
  const one = paint([[8, 8]], [0]).pixels;
  const many = paint(Array(40).fill([8, 8]), Array(40).fill(0)).pixels;
  expect(alphaAt(many, 8, 8)).toBeGreaterThan(alphaAt(one, 8, 8));
  expect(many[8 * side + 8]! & 0xffffff).toBe(one[8 * side + 8]! & 0xffffff);
});

test('each state has a form of its own: alone in grey they are told apart', () => {
  const forms = (['quiet', 'alarm', 'fault', 'silent', 'never-heard'] as const).map((state) => {
    const { pixels } = paint([[12, 12]], [stateCode[state]], { size: 4, stale: true });
    return [...pixels].map((pixel) => (pixel === 0 ? '.' : '#')).join('');
  });
  expect(new Set(forms).size).toBe(5);
});

test('an alarm lies above whatever else stands on its place', () => {
  const states = [stateCode.alarm, stateCode.fault, stateCode.silent, stateCode['never-heard'], 0];
  const under = paint(Array(5).fill([9, 9]), states).pixels;
  const alone = paint([[9, 9]], [stateCode.alarm]).pixels;
  expect(under[9 * side + 9]).toBe(alone[9 * side + 9]);
});

test('what was drawn before is gone; what lies outside is not drawn, and breaks nothing', () => {
  const place = fc.tuple(fc.integer({ min: 0, max: 200 }), fc.integer({ min: 0, max: 200 }));
  fc.assert(
    fc.property(
      fc.array(fc.tuple(place, fc.nat(deviceStates.length - 1))),
      fc.integer({ min: -90, max: 90 }),
      (of, left) => {
        const camera = { stepX: 1, stepY: 1, left, top: left };
        const at = of.map(([each]) => each);
        const { lit } = paint(
          at,
          of.map(([, code]) => code),
          { camera },
        );
        if (at.every(([x, y]) => x + left > side + 4 || y + left > side + 4)) expect(lit).toBe(0);
      },
    ),
  );
});
