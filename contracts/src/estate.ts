import { z } from 'zod';
import { isDeviceId } from './topics.ts';
import { areaLevels, buildingUses, deviceTypes, dutyPosts, unitLevels } from './words.ts';

/**
 * The estate: everything that stands in a county before the first event. It is exchanged as a folder:
 *
 *     county.json        one {@link estateCounty}; written last: a folder that has it is whole
 *     areas.ndjson       {@link estateArea} a line, parents before children
 *     buildings.ndjson   {@link estateBuilding} a line
 *     devices.ndjson     {@link estateDevice} a line, parents before children
 *     units.ndjson       {@link estateUnit} a line, parents before children
 *     people.ndjson      {@link estatePerson} a line
 *     base-map/*.geojson land, county, neighbours, townships (FeatureCollections)
 *
 * All coordinates are WGS-84 degrees, longitude first.
 */
const lonLat = z.tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)]);
const code = z.string().regex(/^\d{6}(\d{3}(\d{3}(-\d{2,3})?)?)?$/);

export const estateCounty = z.object({
  code: z.string().regex(/^\d{6}$/),
  nameZh: z.string().min(1),
  nameEn: z.string().min(1),
  /** Two capital letters that open every case code. */
  casePrefix: z.string().regex(/^[A-Z]{2}$/),
  /** Seed of a generated estate; null for a real one. */
  seed: z.int().nullable(),
  /** Demo data is marked for good: once stored, it cannot be unset. */
  demo: z.boolean(),
});
export type EstateCounty = z.infer<typeof estateCounty>;

export const estateArea = z.object({
  code,
  parent: code.nullable(),
  level: z.enum(areaLevels),
  nameZh: z.string().min(1),
  nameEn: z.string().nullable(),
  lon: z.number(),
  lat: z.number(),
});
export type EstateArea = z.infer<typeof estateArea>;

export const estateBuilding = z.object({
  id: z.string().min(1).max(64),
  /** Code of the grid it stands in. */
  area: code,
  /** Such as 牧屿社区 12 号楼: place first, as people say it on the phone. */
  nameZh: z.string().min(1),
  nameEn: z.string().nullable(),
  use: z.enum(buildingUses),
  floors: z.int().min(1).max(120),
  lon: z.number(),
  lat: z.number(),
  /** Outer ring, counter-clockwise, first point not repeated. */
  footprint: z.array(lonLat).min(3),
  keyholder: z.object({ name: z.string(), phone: z.string() }).nullable(),
});
export type EstateBuilding = z.infer<typeof estateBuilding>;

export const estateDevice = z.object({
  id: z.string().refine(isDeviceId, 'letters, digits and ._:-, 64 at most'),
  type: z.enum(deviceTypes),
  area: code,
  building: z.string().nullable(),
  /** 1 is the ground floor, negative are basements. */
  floor: z.int().nullable(),
  room: z.string().nullable(),
  lon: z.number(),
  lat: z.number(),
  /** Concentrator or bridge that this device hangs on. */
  parent: z.string().nullable(),
  camera: z
    .object({
      /** Unique spoken code, such as 泽国-0231. */
      code: z.string().min(1),
      /** Degrees clockwise from north. */
      heading: z.number().min(0).lt(360),
      fieldOfView: z.number().gt(0).max(360),
      streamUrl: z.string().min(1),
    })
    .nullable(),
});
export type EstateDevice = z.infer<typeof estateDevice>;

export const estateUnit = z.object({
  id: z.string().min(1),
  level: z.enum(unitLevels),
  /** Area it is responsible for. */
  area: code,
  parent: z.string().nullable(),
  nameZh: z.string().min(1),
  nameEn: z.string().min(1),
  lon: z.number(),
  lat: z.number(),
  /** For teams: what they can do, such as `fire`, `rescue`, `medical`, `police`. Else empty. */
  capabilities: z.array(z.string()),
});
export type EstateUnit = z.infer<typeof estateUnit>;

export const estatePerson = z.object({
  id: z.string().min(1),
  unit: z.string(),
  name: z.string().min(1),
  post: z.string().min(1),
  phone: z.string(),
  onDuty: z.boolean(),
  /** What they do while on duty; who is not named otherwise goes out 应急机动. */
  dutyPost: z.enum(dutyPosts).default('mobile'),
});
export type EstatePerson = z.infer<typeof estatePerson>;
