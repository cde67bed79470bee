import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { type Point, toPlane } from './plane.ts';

/** What is known of Wenling before anything is invented; see `simulators/wenling/PROVENANCE.md`. */
export interface Geography {
  county: { code: string; nameZh: string; nameEn: string };
  /** In order of code. */
  townships: GeographyTownship[];
  /** The county on the mainland, outer ring and holes. Its islands stay without buildings. */
  mainland: Point[][];
  /** Rings of surveyed land that come near the county. */
  land: Point[][];
}

export interface GeographyTownship {
  code: string;
  nameZh: string;
  nameEn: string;
  seat: Point;
  /** Rings of its schematic cell: outer rings and holes together, read by the even-odd rule. */
  cell: Point[][];
  villages: { code: string; name: string; nameEn: string }[];
}

/** The geography that ships with the simulators. */
export const wenlingFolder: string = fileURLToPath(new URL('../../wenling/', import.meta.url));

const ring = z.array(z.tuple([z.number(), z.number()]));
const collection = z.object({
  features: z.array(
    z.object({
      properties: z.looseObject({ code: z.string().optional() }),
      geometry: z.discriminatedUnion('type', [
        z.object({ type: z.literal('Polygon'), coordinates: z.array(ring) }),
        z.object({ type: z.literal('MultiPolygon'), coordinates: z.array(z.array(ring)) }),
      ]),
    }),
  ),
});
const division = { code: z.string(), name: z.string() };
const divisions = z.object({
  county: z.object({ ...division, name_en: z.string() }),
  townships: z.array(
    z.object({
      ...division,
      name_en: z.string(),
      seat: z.tuple([z.number(), z.number()]),
      villages: z.array(z.object(division)),
    }),
  ),
});

export function readGeography(folder: string = wenlingFolder): Geography {
  const json = (name: string): unknown => JSON.parse(readFileSync(join(folder, name), 'utf8'));
  const { county, townships } = divisions.parse(json('divisions.json'));
  const namesEn = z.record(z.string(), z.string()).parse(json('village-names.en.json'));
  const mainland = polygons(json('county.geojson'))
    .flatMap((feature) => feature.polygons)
    .reduce((largest, polygon) => (area(polygon[0]!) > area(largest[0]!) ? polygon : largest));
  const cells = new Map(polygons(json('townships.schematic.geojson')).map((cell) => [cell.code, cell]));
  return {
    county: { code: county.code, nameZh: county.name, nameEn: county.name_en },
    townships: townships
      .map((township) => ({
        code: township.code,
        nameZh: township.name,
        nameEn: township.name_en,
        seat: toPlane(...township.seat),
        cell: cells.get(township.code)!.polygons.flat(),
        villages: township.villages.map((village) => ({ ...village, nameEn: namesEn[village.code]! })),
      }))
      .sort((a, b) => (a.code < b.code ? -1 : 1)),
    mainland,
    land: polygons(json('land.geojson'))
      .flatMap((feature) => feature.polygons.map((polygon) => polygon[0]!))
      .filter((outline) => touches(outline, mainland[0]!)),
  };
}

function polygons(file: unknown) {
  return collection.parse(file).features.map(({ properties, geometry }) => {
    const parts = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
    return {
      code: properties.code,
      polygons: parts.map((rings) => rings.map((line) => line.map(([lon, lat]) => toPlane(lon, lat)))),
    };
  });
}

function area(outline: readonly Point[]): number {
  let twice = 0;
  for (const [i, a] of outline.entries()) {
    const b = outline[(i + 1) % outline.length]!;
    twice += a.x * b.y - b.x * a.y;
  }
  return Math.abs(twice) / 2;
}

function touches(a: readonly Point[], b: readonly Point[]): boolean {
  const [p, q] = [box(a), box(b)];
  return p.west <= q.east && q.west <= p.east && p.south <= q.north && q.south <= p.north;
}

/** The rectangle around some points, in metres. */
export function box(points: readonly Point[]) {
  const edges = { west: Infinity, south: Infinity, east: -Infinity, north: -Infinity };
  for (const { x, y } of points) {
    edges.west = Math.min(edges.west, x);
    edges.east = Math.max(edges.east, x);
    edges.south = Math.min(edges.south, y);
    edges.north = Math.max(edges.north, y);
  }
  return edges;
}
