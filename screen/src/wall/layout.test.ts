import { expect, test } from 'vitest';
import { layoutFor } from './layout.ts';

test('each wall has its layout, and any other window the nearest', () => {
  expect(layoutFor(1920, 1080).name).toBe('standard');
  expect(layoutFor(3840, 2160).name).toBe('standard');
  expect(layoutFor(5760, 2160).name).toBe('broad');
  expect(layoutFor(3840, 1080).name).toBe('panorama');
  expect(layoutFor(600, 900).name).toBe('standard');
});
