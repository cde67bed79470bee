import { expect, test } from 'vitest';
import { navigationLinks } from './navigation-links.ts';

test('a place in Wenling: AMap is given GCJ-02, half a kilometre off, and geo: WGS-84', () => {
  const { amap, geo } = navigationLinks({ lon: 121.37, lat: 28.37, name: '泽国 1 号楼' });
  expect(geo).toBe(
    'geo:28.370000,121.370000?q=28.370000,121.370000(%E6%B3%BD%E5%9B%BD%201%20%E5%8F%B7%E6%A5%BC)',
  );
  const [lon, lat] = new URL(amap).searchParams.get('to')!.split(',').map(Number);
  const metres = Math.hypot((lon! - 121.37) * 98_000, (lat! - 28.37) * 111_000);
  expect(metres).toBeGreaterThan(300);
  expect(metres).toBeLessThan(700);
  expect(new URL(amap).searchParams.get('coordinate')).toBe('gaode');
});
