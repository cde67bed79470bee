import { z } from 'zod';

/**
 * Cameras under `/api/v1`. No request of a screen leaves the server's origin: pictures come through it, with the
 * viewer's rights.
 *
 *     GET /cameras/near?lon=&lat=&limit=   → {@link nearCameras}: the nearest of the viewer's area that can look there
 *     GET /cameras/places                  → every located camera of the area, see {@link CameraPlaces}; changes with the registry
 *     GET /cameras/scan                    → {@link cameraScan}: how the county scan goes
 *     GET /cameras/scan/states?since=      → what the scan found, see {@link CameraStates}; `since`: engine seconds of the
 *                                            last answer, to have only what was checked from then on
 *     GET /cameras/scan/latest?limit=      → {@link latestCameras}: whose live pictures the scan saw last, the newest first
 *     GET /cameras/{id}                    → {@link cameraCard}
 *     GET /cameras/{id}/live.m3u8          → its live HLS playlist, for hls.js; 502: there is no picture, with the reason
 *     GET /cameras/{id}/live/{part}        → what that playlist names; nothing else can be asked for
 */

/**
 * What is known of a camera's picture, each told apart on screen: not checked yet 未巡检; live 实时; late 画面滞后
 * (nothing new for longer than it should take); frozen 画面冻结 (time goes on, the picture does not); offline 离线
 * (nobody answers, or refuses); no signal 无信号 (its server answers, and has no picture of it).
 */
export const cameraStates = ['unchecked', 'live', 'late', 'frozen', 'offline', 'no-signal'] as const;
export type CameraState = (typeof cameraStates)[number];

const cameraFacts = z.object({
  id: z.string(),
  /** Its device number, by which scan and places name it. */
  no: z.int(),
  /** Spoken code, such as 泽国-0231. */
  code: z.string(),
  area: z.string(),
  building: z.string().nullable(),
  floor: z.int().nullable(),
  room: z.string().nullable(),
  lon: z.number().nullable(),
  lat: z.number().nullable(),
  /** Degrees clockwise from north. */
  heading: z.number(),
  fieldOfView: z.number(),
  state: z.enum(cameraStates),
  /** When the scan looked last, ms; null: not yet. */
  checkedAt: z.number().nullable(),
  /** How old its newest picture was then; null: not known. */
  ageSeconds: z.number().nullable(),
  /** Path of its live playlist; null: nobody has said where its picture comes from. */
  live: z.string().nullable(),
});

export const cameraCard = cameraFacts;
export type CameraCard = z.infer<typeof cameraCard>;

/** The first is the best to look with: near, and turned to the place. */
export const nearCameras = z.object({
  cameras: z.array(
    cameraFacts.extend({
      metres: z.number(),
      /** From the camera to the place, degrees clockwise from north. */
      bearing: z.number(),
      /** The place lies in its field of view, if nothing stands between. */
      sees: z.boolean(),
    }),
  ),
});
export type NearCameras = z.infer<typeof nearCameras>;

export const nearQuery = z.object({
  lon: z.coerce.number().min(-180).max(180),
  lat: z.coerce.number().min(-90).max(90),
  limit: z.coerce.number().int().min(1).max(60).default(6),
});

export const latestCameras = z.object({
  /** Area that they stand in: the viewer's. */
  area: z.string(),
  cameras: z.array(cameraCard),
});
export type LatestCameras = z.infer<typeof latestCameras>;

/** No wall shows more pictures of a scan than this at once. */
export const mostLatest = 60;
export const latestQuery = z.object({
  limit: z.coerce.number().int().min(1).max(mostLatest).default(mostLatest),
});

export const cameraScan = z.object({
  /** Area that the counts are of: the viewer's. */
  area: z.string(),
  /** False: nothing is scanned here, and every camera is `unchecked`. */
  running: z.boolean(),
  cameras: z.int(),
  states: z.record(z.enum(cameraStates), z.int()),
  /** How long a round over the county is to take, and how long the last whole one took; null: none is done. */
  roundSeconds: z.number(),
  lastRoundSeconds: z.number().nullable(),
  /** Part of this round that is done, 0 to 1. */
  progress: z.number(),
});
export type CameraScan = z.infer<typeof cameraScan>;

export const scanQuery = z.object({ since: z.coerce.number().int().min(0).max(4_294_967_295).default(0) });

/**
 * `GET /cameras/scan/states` as typed arrays, little-endian, cameras by device number:
 *
 *     u32 magic 'FHS1' | u32 count | u32 now, seconds since 1970: the `since` of the next question
 *     u32 × count device number | u32 × count checked at, seconds since 1970 | u16 × count age, seconds; 65535: unknown
 *     u8 × count index into {@link cameraStates}
 */
export interface CameraStates {
  now: number;
  numbers: Uint32Array;
  checkedAt: Uint32Array;
  ages: Uint16Array;
  states: Uint8Array;
}

/** An age that nobody knows, or that is longer. */
export const unknownAge = 65_535;

const statesMagic = 0x31534846;
const statesHeader = 12;

export function encodeCameraStates({ now, numbers, checkedAt, ages, states }: CameraStates): Uint8Array {
  const count = numbers.length;
  const bytes = new Uint8Array(statesHeader + count * 11);
  new Uint32Array(bytes.buffer, 0, 3).set([statesMagic, count, now]);
  new Uint32Array(bytes.buffer, statesHeader, count).set(numbers);
  new Uint32Array(bytes.buffer, statesHeader + count * 4, count).set(checkedAt);
  new Uint16Array(bytes.buffer, statesHeader + count * 8, count).set(ages);
  bytes.set(states, statesHeader + count * 10);
  return bytes;
}

/** Reads what {@link encodeCameraStates} wrote. Throws a RangeError when the bytes are something else. */
export function decodeCameraStates(buffer: ArrayBuffer): CameraStates {
  if (buffer.byteLength < statesHeader) throw new RangeError('not the states of cameras');
  const [magic, count = 0, now = 0] = new Uint32Array(buffer, 0, 3);
  if (magic !== statesMagic || buffer.byteLength !== statesHeader + count * 11)
    throw new RangeError('not the states of cameras');
  return {
    now,
    numbers: new Uint32Array(buffer, statesHeader, count),
    checkedAt: new Uint32Array(buffer, statesHeader + count * 4, count),
    ages: new Uint16Array(buffer, statesHeader + count * 8, count),
    states: new Uint8Array(buffer, statesHeader + count * 10, count),
  };
}

/**
 * `GET /cameras/places`, little-endian, by device number:
 *
 *     u32 magic 'FHC1' | u32 count | u32 × count device number | f32 × count longitude | f32 × count latitude (1 m)
 */
export interface CameraPlaces {
  numbers: Uint32Array;
  lons: Float32Array;
  lats: Float32Array;
}

const placesMagic = 0x31434846;
const placesHeader = 8;

export function encodeCameraPlaces({ numbers, lons, lats }: CameraPlaces): Uint8Array {
  const count = numbers.length;
  const bytes = new Uint8Array(placesHeader + count * 12);
  new Uint32Array(bytes.buffer, 0, 2).set([placesMagic, count]);
  new Uint32Array(bytes.buffer, placesHeader, count).set(numbers);
  new Float32Array(bytes.buffer, placesHeader + count * 4, count).set(lons);
  new Float32Array(bytes.buffer, placesHeader + count * 8, count).set(lats);
  return bytes;
}

/** Reads what {@link encodeCameraPlaces} wrote. Throws a RangeError when the bytes are something else. */
export function decodeCameraPlaces(buffer: ArrayBuffer): CameraPlaces {
  if (buffer.byteLength < placesHeader) throw new RangeError('not the places of cameras');
  const [magic, count = 0] = new Uint32Array(buffer, 0, 2);
  if (magic !== placesMagic || buffer.byteLength !== placesHeader + count * 12)
    throw new RangeError('not the places of cameras');
  return {
    numbers: new Uint32Array(buffer, placesHeader, count),
    lons: new Float32Array(buffer, placesHeader + count * 4, count),
    lats: new Float32Array(buffer, placesHeader + count * 8, count),
  };
}
