import { severities } from '@fenghuo/contracts/words.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { arrangeMarks, type MapIncident, type View } from './alarm-marks.ts';

const view: View = { width: 1000, height: 800, rem: 10, project: (lon, lat) => ({ x: lon, y: lat }) };

const incident = (id: string, lon: number, lat: number, more: Partial<MapIncident> = {}): MapIncident => ({
  id,
  lon,
  lat,
  severity: 'high',
  drill: false,
  unacknowledged: true,
  openedAt: 0,
  place: id,
  ...more,
});

test('incidents apart have a mark each', () => {
  const marks = arrangeMarks([incident('a', 100, 100), incident('b', 500, 500)], view);
  expect(marks.map((mark) => [mark.incident.id, mark.more])).toEqual([
    ['a', 0],
    ['b', 0],
  ]);
});

test('a milder incident at the place of a graver one is counted, not drawn over it', () => {
  const marks = arrangeMarks(
    [incident('fire', 100, 100), incident('leak', 104, 100, { severity: 'low' })],
    view,
  );
  expect(marks.map((mark) => [mark.incident.id, mark.more])).toEqual([['fire', 1]]);
});

test('an incident outside the view waits at the edge, on the line to it', () => {
  const [mark] = arrangeMarks([incident('far', 3000, 400)], view);
  expect(mark).toMatchObject({ y: 400, beyond: 0 });
  expect(mark?.x).toBeCloseTo(1000 - 28 * 1.1);
});

test('only a high incident that nobody has acknowledged calls', () => {
  const marks = arrangeMarks(
    [
      incident('a', 100, 100),
      incident('b', 300, 100, { unacknowledged: false }),
      incident('c', 500, 100, { severity: 'medium' }),
    ],
    view,
  );
  expect(marks.map((mark) => mark.calls)).toEqual([true, false, false]);
});

const leaks = (count: number, apart: number) =>
  Array.from({ length: count }, (_, i) =>
    incident(`leak-${i}`, 200 + (i % 5) * apart, 200 + Math.floor(i / 5) * apart, { severity: 'low' }),
  );

test('twenty leaks in one quarter are few marks that say how many; from near, and while they are few, each has its own', () => {
  const gathered = arrangeMarks(leaks(20, 20), view);
  expect(gathered.length).toBeLessThan(8);
  expect(gathered.reduce((sum, { more }) => sum + 1 + more, 0)).toBe(20);
  expect(arrangeMarks(leaks(20, 60), view)).toHaveLength(20);
  expect(arrangeMarks(leaks(10, 20), view)).toHaveLength(10);
});

test('in any crowd each high one has its mark or is counted under another high one', () => {
  const any = fc.record({
    lon: fc.integer({ min: 0, max: 1000 }),
    lat: fc.integer({ min: 0, max: 800 }),
    severity: fc.constantFrom(...severities),
  });
  fc.assert(
    fc.property(fc.array(any, { maxLength: 80 }), (found) => {
      const all = found
        .map(({ lon, lat, severity }, i) => incident(`${i}`, lon, lat, { severity }))
        .sort((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity));
      const marks = arrangeMarks(all, view);
      const high = marks.filter((mark) => mark.incident.severity === 'high');
      const count = (of: typeof marks) => of.reduce((sum, { moreHigh }) => sum + moreHigh, 0);
      expect(high.length + count(high)).toBe(all.filter(({ severity }) => severity === 'high').length);
      expect(count(marks)).toBe(count(high));
      expect(marks.reduce((sum, { more }) => sum + 1 + more, 0)).toBe(all.length);
    }),
  );
});
