import { createRequire } from 'node:module';
import type { CoordinateSystem } from '@fenghuo/contracts/registry.ts';

/** Its types promise a `default` that its CommonJS has not. */
const gcoord: typeof import('gcoord').default = createRequire(import.meta.url)('gcoord');

export type LonLat = readonly [lon: number, lat: number];

/** Seven decimals, a centimetre: what a conversion adds beyond is noise. */
const step = 1e7;

/** A position in WGS-84, from the system in which it is declared. Outside of China all three are the same. */
export function toWgs84([lon, lat]: LonLat, from: CoordinateSystem): LonLat {
  if (from === 'wgs84') return [lon, lat];
  const system = from === 'gcj02' ? gcoord.GCJ02 : gcoord.BD09;
  const [x, y] = gcoord.transform<[number, number]>([lon, lat], system, gcoord.WGS84);
  return [Math.round(x * step) / step, Math.round(y * step) / step];
}
