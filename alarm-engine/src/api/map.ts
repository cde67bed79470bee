import { type DevicePoint, encodeDevicePoints } from '@fenghuo/contracts/device-points.ts';
import { type AreaScope, areaPattern } from '../access/area-scope.ts';
import type { Queryable } from '../store/queryable.ts';
import { listDevicePoints } from '../store/sql/list-device-points.ts';
import { readBaseMap } from '../store/sql/read-base-map.ts';
import { notFound } from './api-failure.ts';
import { CompressedBody } from './compressed-body.ts';
import { DirectoryCache } from './directory-cache.ts';
import { readParameter } from './request-body.ts';
import type { ApiContext, Route } from './route.ts';

/** May be kept, but must be asked about each time: a sign-out or a new device changes it at once. */
const revalidate = 'private, no-cache';

const layers: readonly string[] = ['land', 'county', 'neighbours', 'townships'];

/** The base map, and every device in the viewer's area as points. */
export function mapRoutes({ db, county }: ApiContext): Route[] {
  const cache = new DirectoryCache(db, county);
  return [
    {
      method: 'get',
      path: '/map/base/:name',
      needs: 'live',
      shape: {
        summary: { zh: '底图图层', en: 'A layer of the base map' },
        answers: { 200: 'application/geo+json' },
      },
      handle: async ({ request, response }) => {
        const name = readParameter(request, 'name');
        if (!layers.includes(name)) throw notFound('layer of the base map');
        const body = await cache.get(`base-${name}`, () => readLayer(db, county, name));
        response.set('Cache-Control', revalidate);
        await body?.send(request, response);
      },
    },
    {
      method: 'get',
      path: '/map/points',
      needs: 'live',
      shape: {
        summary: { zh: '辖区内全部设备的点位', en: 'Every device of the area, as points' },
        answers: { 200: 'application/octet-stream' },
      },
      handle: async ({ request, response, scope }) => {
        const body = await cache.get(`points-${scope.area}`, () => readPoints(db, scope));
        response.set('Cache-Control', revalidate);
        await body?.send(request, response);
      },
    },
  ];
}

const nothingDrawn = JSON.stringify({ type: 'FeatureCollection', features: [] });

/** A county without this layer has an empty one: the wall is then bare there, and not broken. */
async function readLayer(db: Queryable, county: string, name: string): Promise<CompressedBody> {
  const geojson = (await readBaseMap(db, { county, name })) ?? nothingDrawn;
  return new CompressedBody(Buffer.from(geojson), 'application/geo+json; charset=utf-8');
}

async function readPoints(db: Queryable, scope: AreaScope): Promise<CompressedBody> {
  const rows = await listDevicePoints(db, { county: scope.county, areaPattern: areaPattern(scope) });
  const points = rows.map(([no, lon, lat, type, area]): DevicePoint => ({ no, lon, lat, type, area }));
  const raw = Buffer.from(encodeDevicePoints(points, boundsOf(points)).buffer);
  return new CompressedBody(raw, 'application/octet-stream');
}

/** The smallest bounds around the points, so that none falls off the edge of the quantisation. */
function boundsOf(
  points: readonly DevicePoint[],
): [west: number, south: number, east: number, north: number] {
  if (points.length === 0) return [0, 0, 0, 0];
  let [west, south, east, north] = [180, 90, -180, -90];
  for (const { lon, lat } of points) {
    if (lon < west) west = lon;
    if (lon > east) east = lon;
    if (lat < south) south = lat;
    if (lat > north) north = lat;
  }
  return [west, south, east, north];
}
