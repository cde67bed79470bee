import { z } from 'zod';
import { upkeepRecord } from './records.ts';
import { deviceTypes, eventKinds } from './words.ts';

/**
 * The upkeep queue 维保, of what is live; never dispatched, and in no list of alarms. Given out, resolved and returned by
 * commands. Times are milliseconds since 1970.
 *
 *     GET /upkeep            → {@link upkeepPage}, open ones the oldest first, closed ones the newest first
 *     GET /upkeep/buildings  → {@link upkeepBuildings}, those with the most orders first
 *     GET /upkeep/routes     → {@link upkeepRoutes}: an order of visits for each day's drive
 *     GET /upkeep/figures    → {@link upkeepFigures}
 *
 * The first three are narrowed by the same: area, kind, building, assignee (a unit, or `nobody`), overdue, and age.
 */
const time = z.number();
const words = z.object({ zh: z.string(), en: z.string() });

export const upkeepOrder = upkeepRecord.extend({
  deviceType: z.enum(deviceTypes).nullable(),
  floor: z.int().nullable(),
  room: z.string().nullable(),
  buildingName: words.nullable(),
  lon: z.number().nullable(),
  lat: z.number().nullable(),
  /** Open, and the time that it was to be done by has passed. */
  overdue: z.boolean(),
});
export type UpkeepOrder = z.infer<typeof upkeepOrder>;

/** `next` is the `after` of the next page. */
export const upkeepPage = z.object({ orders: z.array(upkeepOrder), next: z.string().nullable() });
export type UpkeepPage = z.infer<typeof upkeepPage>;

/** As `assign-upkeep` takes it. */
const seenOrder = z.object({ id: z.string(), version: z.int() });

const kindCounts = z.partialRecord(z.enum(eventKinds), z.int());

export const upkeepBuilding = z.object({
  /** Null: out of doors, all that lies in the area. */
  building: z.string().nullable(),
  name: words.nullable(),
  area: z.string(),
  lon: z.number().nullable(),
  lat: z.number().nullable(),
  count: z.int(),
  kinds: kindCounts,
  oldestAt: time,
  assigned: z.int(),
  overdue: z.int(),
  /** The oldest 500: as many as one command takes. */
  orders: z.array(seenOrder),
});
export type UpkeepBuilding = z.infer<typeof upkeepBuilding>;

export const upkeepBuildings = z.object({
  buildings: z.array(upkeepBuilding),
  next: z.string().nullable(),
});
export type UpkeepBuildings = z.infer<typeof upkeepBuildings>;

export const upkeepStop = z.object({
  building: z.string().nullable(),
  name: words.nullable(),
  area: z.string(),
  lon: z.number(),
  lat: z.number(),
  /** By road from the stop before, or from the start; estimated from the straight line. */
  metres: z.int(),
  orders: z.array(
    seenOrder.extend({
      kind: z.enum(eventKinds),
      device: z.string(),
      floor: z.int().nullable(),
      room: z.string().nullable(),
    }),
  ),
});
export type UpkeepStop = z.infer<typeof upkeepStop>;

/** One team's day: from the start, over the stops, and back. */
export const upkeepRoute = z.object({
  stops: z.array(upkeepStop),
  metres: z.int(),
  minutes: z.int(),
  orders: z.int(),
});
export type UpkeepRoute = z.infer<typeof upkeepRoute>;

export const upkeepRoutes = z.object({
  at: time,
  townships: z.array(
    z.object({
      area: z.string(),
      name: words,
      start: z.object({ lon: z.number(), lat: z.number() }),
      routes: z.array(upkeepRoute),
      /** Orders that no route has: of places beyond the bound, and of devices that nobody has located. */
      leftOut: z.object({ beyondBound: z.int(), unlocated: z.int() }),
    }),
  ),
});
export type UpkeepRoutes = z.infer<typeof upkeepRoutes>;

/** How long an order has been open. */
export const upkeepAges = ['day', 'week', 'month', 'older'] as const;

export const upkeepFigures = z.object({
  from: time,
  to: time,
  /** Now. */
  open: z.object({
    count: z.int(),
    assigned: z.int(),
    overdue: z.int(),
    /** Of those that are assigned; null when none is. */
    overdueShare: z.number().nullable(),
    byKindAndAge: z.partialRecord(z.enum(eventKinds), z.record(z.enum(upkeepAges), z.int())),
  }),
  /** By the county's days; `resolved` in words by somebody, the others came back by themselves. */
  days: z.array(z.object({ day: z.string(), opened: z.int(), closed: z.int(), resolved: z.int() })),
  units: z.array(
    z.object({
      unit: z.string(),
      name: words,
      open: z.int(),
      overdue: z.int(),
      closed: z.int(),
      /** From when the unit had it; of those that closed in the period. Null: none. */
      medianS: z.number().nullable(),
      /** Share of them that were closed by the time that they were due. */
      onTimeShare: z.number().nullable(),
      /** Sent back in the period, in whichever direction. */
      returned: z.int(),
    }),
  ),
});
export type UpkeepFigures = z.infer<typeof upkeepFigures>;
