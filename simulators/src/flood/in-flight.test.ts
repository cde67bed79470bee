import { expect, test } from 'vitest';
import { InFlight } from './in-flight.ts';

test('begin → answered: the slot is free again', () => {
  const inFlight = new InFlight(2);
  const slots = [inFlight.begin(0, 5), inFlight.begin(1, 6)];
  expect(inFlight.hasRoom).toBe(false);
  expect(inFlight.answered(slots[1]!)).toBe('first');
  inFlight.settle(slots[1]!);
  expect(inFlight.size).toBe(1);
  expect(inFlight.answered(slots[1]!)).toBe('stray');
  expect(inFlight.answered(7)).toBe('stray');
  expect(inFlight.begin(2, 7)).toBe(slots[1]);
});

test('begin → sent twice → answered → answered: told once, free after the second', () => {
  const inFlight = new InFlight(1);
  const slot = inFlight.begin(0, 5);
  inFlight.oweOneMore(slot);
  expect(inFlight.answered(slot)).toBe('first');
  inFlight.settle(slot);
  expect(inFlight.hasRoom).toBe(false);
  expect(inFlight.answered(slot)).toBe('again');
  inFlight.settle(slot);
  expect(inFlight.hasRoom).toBe(true);
});

test('cut: what was acknowledged is free, the rest comes again in the order of sending', () => {
  const inFlight = new InFlight(4);
  const slots = [0, 1, 2, 3].map((place) => inFlight.begin(place, place));
  inFlight.answered(slots[0]!);
  inFlight.settle(slots[0]!);
  inFlight.oweOneMore(slots[1]!);
  inFlight.answered(slots[1]!);
  inFlight.settle(slots[1]!);
  const late = inFlight.begin(4, 4);
  expect(inFlight.takeUnanswered()).toEqual([slots[2], slots[3], late]);
  expect(inFlight.size).toBe(3);
  expect(inFlight.placeOf(late)).toBe(4);
  expect(inFlight.answered(late)).toBe('first');
});
