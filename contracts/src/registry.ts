import { z } from 'zod';
import { estateBuilding, estateDevice, estatePerson, estateUnit } from './estate.ts';
import { buildingUses, deviceTypes } from './words.ts';

/**
 * The registry of a running county, below `/api/v1`, for administrators of the whole county. What is registered is in
 * force from the writer's next batch on, and on the record.
 *
 *     POST /devices/import   {@link deviceImport} → {@link deviceImportReport}: 200 looked at, or done; 422 with errors by
 *                            row: nothing of the file is done then; what the file has no column for stays as it is; 202 `{ id, waiting }`: ask again with the same id
 *     PUT  /devices/{id}     {@link deviceToRegister} → CommandAnswer; a stranger is adopted by it
 *     GET  /buildings        ?search=&after={next}&limit= → {@link buildingList}
 *     PUT  /buildings/{id}   {@link buildingToRegister} → CommandAnswer
 *
 *     POST /buildings/import, /units/import, /people/import
 *                            {@link deviceImport} → {@link fileReport}, as devices have it; GeoJSON for buildings and units
 *     PUT  /units/{id}       {@link unitToRegister} → CommandAnswer
 *     PUT  /people/{id}      {@link personToRegister} → CommandAnswer
 *
 * A coordinate is converted to WGS-84 at this door from the system that is declared: GCJ-02 of maps made in China, BD-09
 * of Baidu's; undeclared, devices would stand 300 to 700 m beside themselves.
 */
export const coordinateSystems = ['wgs84', 'gcj02', 'bd09'] as const;
export type CoordinateSystem = (typeof coordinateSystems)[number];

export const importFormats = ['csv', 'geojson'] as const;
export type ImportFormat = (typeof importFormats)[number];

/**
 * Characters and rows of a file, at most: the writer stands while they are registered. A whole county goes in as an
 * estate folder, or in several files.
 */
export const longestImport = 8 * 1024 * 1024;
export const mostImportRows = 10_000;

export const deviceImport = z.strictObject({
  id: z.uuid(),
  format: z.enum(importFormats),
  coordinates: z.enum(coordinateSystems),
  /** Says what the file would do, and does nothing. */
  dryRun: z.boolean(),
  /** Name of the file, for the record. */
  name: z.string().max(120).default(''),
  text: z.string().max(longestImport),
});
export type DeviceImport = z.infer<typeof deviceImport>;

const words = z.object({ zh: z.string(), en: z.string() });

/** What is wrong with, or odd about, a row: its line in a CSV file, or the number of its feature, both from 1; 0: the file. */
const rowRemark = z.object({ row: z.int(), field: z.string().nullable(), message: words });
export type RowRemark = z.infer<typeof rowRemark>;

/** What becomes of a device: new, changed, a stranger that is adopted, or as it is already. */
export const registerOutcomes = ['added', 'adopted', 'changed', 'same'] as const;
export type RegisterOutcome = (typeof registerOutcomes)[number];

export const deviceImportReport = z.object({
  dryRun: z.boolean(),
  rows: z.int(),
  counts: z.record(z.enum(registerOutcomes), z.int()),
  /** The first hundred of each; the counts are of all. */
  errors: z.array(rowRemark),
  errorCount: z.int(),
  /** They stop nothing, such as a device 200 m from its building. */
  warnings: z.array(rowRemark),
  warningCount: z.int(),
  /** The first rows as they would stand, in WGS-84. */
  sample: z.array(
    estateDevice
      .pick({
        id: true,
        type: true,
        area: true,
        building: true,
        floor: true,
        room: true,
        lon: true,
        lat: true,
      })
      .extend({ outcome: z.enum(registerOutcomes) }),
  ),
});
export type DeviceImportReport = z.infer<typeof deviceImportReport>;

/** Kinds of things that come in by files of their own. */
export const fileKinds = ['buildings', 'units', 'people'] as const;
export type FileKind = (typeof fileKinds)[number];

export const fileOutcomes = ['added', 'changed', 'same'] as const;
export type FileOutcome = (typeof fileOutcomes)[number];

/** As {@link deviceImportReport}. */
export const fileReport = deviceImportReport.omit({ counts: true, sample: true }).extend({
  counts: z.record(z.enum(fileOutcomes), z.int()),
  /** The first rows as they would stand, as people read them. */
  sample: z.array(z.object({ id: z.string(), outcome: z.enum(fileOutcomes), cells: z.array(z.string()) })),
});
export type FileReport = z.infer<typeof fileReport>;

const buildingName = z.string().trim().min(1).max(120);
const keyholder = z.object({ name: z.string().min(1).max(64), phone: z.string().max(32) }).nullable();

/** A building as the registry takes it. */
export const registeredBuilding = estateBuilding.extend({
  nameZh: buildingName,
  nameEn: buildingName.nullable(),
  keyholder,
});

/** A unit as the registry takes it. Its level, once given, stays: tickets stand at it. */
export const registeredUnit = estateUnit.extend({
  id: z.string().min(1).max(64),
  nameZh: z.string().trim().min(1).max(120),
  nameEn: z.string().trim().min(1).max(120),
  lon: z.number().min(-180).max(180),
  lat: z.number().min(-90).max(90),
  capabilities: z.array(z.string().min(1).max(32)).max(16),
});
export type UnitRegistration = z.infer<typeof registeredUnit>;

/** Somebody of a unit as the registry takes them. `post` is what they are by profession. */
export const registeredPerson = estatePerson.extend({
  id: z.string().min(1).max(64),
  name: z.string().trim().min(1).max(64),
  post: z.string().trim().min(1).max(64),
  phone: z.string().regex(/^[0-9+() -]{0,32}$/, 'digits, + and - only'),
});
export type PersonRegistration = z.infer<typeof registeredPerson>;

const byHand = { command: z.uuid(), reason: z.string().max(500).default('') };
const cell = z.string().max(500);

/** A new unit needs all of it but an English name and capabilities, which are told with spaces between. */
export const unitToRegister = z.strictObject({
  ...byHand,
  coordinates: z.enum(coordinateSystems),
  ...{ level: cell, area: cell, parent: cell, name: cell, name_en: cell, lon: cell, lat: cell },
  capabilities: cell,
});
/** Who is on duty now is changed by the command `set-duty`. */
export const personToRegister = z.strictObject({
  ...byHand,
  ...{ name: cell, unit: cell, title: cell, phone: cell },
});

/** One device; area and position that are left out are taken from its building. */
export const deviceToRegister = z.strictObject({
  command: z.uuid(),
  reason: z.string().max(500).default(''),
  coordinates: z.enum(coordinateSystems),
  type: z.enum(deviceTypes),
  area: z.string().max(64).nullable().default(null),
  building: z.string().max(64).nullable().default(null),
  floor: z.int().min(-9).max(200).nullable().default(null),
  room: z.string().max(64).nullable().default(null),
  lon: z.number().nullable().default(null),
  lat: z.number().nullable().default(null),
  /** Absent: as it is. */
  parent: z.string().max(64).nullable().optional(),
});
export type DeviceToRegister = z.infer<typeof deviceToRegister>;

const buildingLine = z.object({
  id: z.string(),
  area: z.string(),
  areaName: words,
  name: words,
  use: z.enum(buildingUses),
  floors: z.int(),
  lon: z.number(),
  lat: z.number(),
  /** Masked for roles that may not read personal data. */
  keyholder: z.object({ name: z.string(), phone: z.string() }).nullable(),
  devices: z.int(),
});
export type BuildingLine = z.infer<typeof buildingLine>;

/** Buildings of the viewer's area by id; `next` is the `after` of the page after. */
export const buildingList = z.object({ buildings: z.array(buildingLine), next: z.string().nullable() });
export type BuildingList = z.infer<typeof buildingList>;

/** A new building needs all of it; without a footprint it is drawn as a square of 20 m. */
export const buildingToRegister = z.strictObject({
  command: z.uuid(),
  reason: z.string().max(500).default(''),
  coordinates: z.enum(coordinateSystems),
  area: z.string().max(64),
  nameZh: buildingName,
  nameEn: buildingName.nullable().default(null),
  use: z.enum(buildingUses),
  floors: z.int().min(1).max(120),
  lon: z.number().min(-180).max(180),
  lat: z.number().min(-90).max(90),
  keyholder,
});
export type BuildingToRegister = z.infer<typeof buildingToRegister>;

/** A row that the registry takes: of a file, its rooms and streams are texts that a screen shows. */
export const registeredDevice = estateDevice.extend({
  building: z.string().max(64).nullable(),
  floor: z.int().min(-9).max(200).nullable(),
  room: z.string().max(64).nullable(),
  lon: z.number().min(-180).max(180),
  lat: z.number().min(-90).max(90),
  camera: estateDevice.shape.camera
    .unwrap()
    .extend({
      code: z.string().min(1).max(64),
      streamUrl: z
        .string()
        .max(500)
        .regex(/^(https?:\/\/|rtsps?:\/\/|\/)/, 'an address that begins with http, https, rtsp or /'),
    })
    .nullable(),
});
export type DeviceRegistration = z.infer<typeof registeredDevice>;
export type BuildingRegistration = z.infer<typeof registeredBuilding>;
