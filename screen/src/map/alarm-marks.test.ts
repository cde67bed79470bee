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
