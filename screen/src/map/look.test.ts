import { expect, test } from 'vitest';
import { countyLook, nextLook, stayMs } from './look.ts';

test('a new grave incident is followed, and after its time the map returns to the county', () => {
  const there = nextLook(countyLook, 'fire', 1_000);
  expect(there.incident).toBe('fire');
  expect(nextLook(there, 'fire', 1_000 + stayMs - 1)).toBe(there);
  expect(nextLook(there, 'fire', 1_000 + stayMs).incident).toBeNull();
});

test('an incident is followed once; a graver one takes over', () => {
  const back = nextLook(nextLook(countyLook, 'fire', 0), 'fire', stayMs);
  expect(nextLook(back, 'fire', stayMs + 60_000).incident).toBeNull();
  expect(nextLook(back, 'blast', stayMs + 60_000).incident).toBe('blast');
});

test('the map returns when the incident is closed', () => {
  expect(nextLook(nextLook(countyLook, 'fire', 0), null, 5_000).incident).toBeNull();
});
