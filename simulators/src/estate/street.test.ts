import { expect, test } from 'vitest';
import { alongStreet, arcBetween, besideStreet, streetBetween } from './street.ts';

test('a quarter circle turns by a right angle and ends where it should', () => {
  const radius = 100;
  const quarter = { x: 0, y: 0, heading: 0, bend: 1 / radius, length: Math.PI * radius, width: 8 };
  const end = alongStreet(quarter, (Math.PI / 2) * radius);
  expect(end.x).toBeCloseTo(radius);
  expect(end.y).toBeCloseTo(radius);
  expect(end.heading).toBeCloseTo(Math.PI / 2);
});

test('left of a street that runs east is north', () => {
  const street = streetBetween({ x: 0, y: 0 }, { x: 100, y: 0 }, 8);
  expect(besideStreet(street, 10, 5)).toMatchObject({ x: 60, y: 5 });
});

test.each([-60, 25, 60])('an arc with a sag of %s m meets both its ends within a metre', (sag) => {
  const [from, to] = [
    { x: -50, y: 20 },
    { x: 400, y: 260 },
  ];
  const arc = arcBetween(from, to, { width: 7, sag });
  const [start, end] = [alongStreet(arc, -arc.length / 2), alongStreet(arc, arc.length / 2)];
  expect(Math.hypot(start.x - from.x, start.y - from.y)).toBeLessThan(1);
  expect(Math.hypot(end.x - to.x, end.y - to.y)).toBeLessThan(1);
});
