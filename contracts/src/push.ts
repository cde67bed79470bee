import { z } from 'zod';
import { broadcastRecord } from './broadcasts.ts';
import type { MovingTeams } from './positions.ts';
import {
  alarmRecord,
  drillRecord,
  floodRecord,
  holdRecord,
  incidentRecord,
  ticketRecord,
} from './records.ts';
import type { ConnectedWalls, Showing, WallOrders } from './wall-orders.ts';
import { areaLevels, unitLevels } from './words.ts';
import { workflow } from './workflow.ts';

/**
 * What the socket says. The client emits `follow` with the last change number it holds, or null; the server
 * answers with `snapshot`, or with `changes` from there on, without a gap. `pulse` comes every second and is
 * not numbered. `directory` says that units, people or devices changed: fetch them again.
 */
export const followRequest = z.object({ after: z.int().nullable() });
export type FollowRequest = z.infer<typeof followRequest>;

const words = z.object({ zh: z.string(), en: z.string() });

export const chainUnit = z.object({
  id: z.string(),
  level: z.enum(unitLevels),
  parent: z.string().nullable(),
  area: z.string(),
  name: words,
  lon: z.number(),
  lat: z.number(),
  capabilities: z.array(z.string()),
  /** The person in charge who is on duty now, if any. */
  onDuty: z.string().nullable(),
  staff: z.int(),
});
export type ChainUnit = z.infer<typeof chainUnit>;

export const placeName = z.object({
  code: z.string(),
  level: z.enum(areaLevels),
  name: words,
  lon: z.number(),
  lat: z.number(),
});
export type PlaceName = z.infer<typeof placeName>;

export const countyFacts = z.object({
  code: z.string(),
  name: words,
  /** West, south, east, north in degrees. */
  bounds: z.tuple([z.number(), z.number(), z.number(), z.number()]),
  demo: z.boolean(),
  /** IANA name, such as Asia/Shanghai: clocks and dates on every screen are the county's. */
  timeZone: z.string(),
  /** Adopted devices that are no cameras, concentrators among them. */
  detectors: z.int(),
  cameras: z.int(),
  buildings: z.int(),
  /** Units a level, so that the chain can say "661" without listing them. */
  unitCounts: z.record(z.enum(unitLevels), z.int()),
});
export type CountyFacts = z.infer<typeof countyFacts>;

/** The open world at change number `no`; the two numbers were read in the transaction that read the rest. */
export const snapshot = z.object({
  no: z.int(),
  directoryNo: z.int(),
  at: z.number(),
  county: countyFacts,
  /** Units of county, township, station and team level, and every unit that holds an open ticket. */
  units: z.array(chainUnit),
  places: z.array(placeName),
  alarms: z.array(alarmRecord),
  incidents: z.array(incidentRecord),
  tickets: z.array(ticketRecord),
  drills: z.array(drillRecord),
  /** Open alarms that it leaves out: in a storm it holds the gravest and newest 5,000, and all incidents. */
  alarmsLeftOut: z.int(),
  holds: z.array(holdRecord),
  floods: z.array(floodRecord),
  /** Those over the viewer's area, or over one that it lies in. */
  broadcasts: z.array(broadcastRecord),
  /** The one in force, and those under which tickets are open. */
  workflows: z.array(workflow),
});
export type Snapshot = z.infer<typeof snapshot>;

const changed = <T extends string, D extends z.ZodType>(topic: T, doc: D) =>
  z.object({ topic: z.literal(topic), key: z.string(), doc: doc.nullable() });

/** A record as it is now; `doc` null: gone from the viewer's area, or no longer ordered to them. Closed records come once more, closed. */
export const change = z.discriminatedUnion('topic', [
  changed('alarm', alarmRecord),
  changed('incident', incidentRecord),
  changed('ticket', ticketRecord),
  changed('drill', drillRecord),
  changed('hold', holdRecord),
  changed('flood', floodRecord),
  changed('broadcast', broadcastRecord),
]);
export type Change = z.infer<typeof change>;

/** All changes with numbers in (`after`, `no`], in order, as far as they concern the viewer. */
export const changesMessage = z.object({
  after: z.int(),
  no: z.int(),
  at: z.number(),
  changes: z.array(change),
});
export type ChangesMessage = z.infer<typeof changesMessage>;

export const pulse = z.object({
  /** Server clock. The wall compares it with its own. */
  at: z.number(),
  /** Engine time of the writer's newest sign of life; when it is old, the writer is down. */
  writerAt: z.number().nullable(),
  detectorsOnline: z.int(),
  camerasOnline: z.int(),
  /** Unheard for their supervision time; and those that hang on one of these and are not told one by one. */
  devicesSilent: z.int(),
  devicesSuppressed: z.int(),
  /** Registered and not heard yet: a list to work off, and no alarm. */
  devicesNeverHeard: z.int(),
  /** Stored events a second, over the last seconds. */
  eventsPerSecond: z.number(),
  heartbeatsPerSecond: z.number(),
  /** Received and not yet stored. */
  backlog: z.int(),
  /** The external broker at which devices are heard too. */
  broker: z.enum(['none', 'connected', 'away']),
  alarmsToday: z.int(),
  ticketsToday: z.int(),
  ticketsClosedToday: z.int(),
  falseAlarmsToday: z.int(),
  upkeepOpen: z.int(),
  /** Median seconds from opening of the high tickets of the last 24 h; null when there were none. */
  acceptMedianS: z.number().nullable(),
  onSceneMedianS: z.number().nullable(),
  /** Alarms raised in each of the last 60 minutes, oldest first. */
  alarmsByMinute: z.array(z.int()),
  /** Time compression of simulated life; null without simulators. */
  demoTimeFactor: z.number().nullable(),
  /** Names the screen that the server has to give out, by its content; null while there is none. */
  screen: z.string().nullable(),
});
export type Pulse = z.infer<typeof pulse>;

/** The case that somebody has before them now; null: none. Said again whenever it changes. */
export const lookRequest = z.object({
  incident: z.string().min(1).max(64).nullable(),
});
export type LookRequest = z.infer<typeof lookRequest>;

/**
 * Who looks at which case of the viewer's area now: all of it, each time that something of it changes. Said by the
 * server process that the screen is connected to, of the screens that are connected to it; kept nowhere.
 */
export const presence = z.object({
  looking: z.array(
    z.object({
      incident: z.string(),
      /** `seat` is the session's, empty when it has none. Names are masked, and accounts empty, for roles that may not read personal data. */
      who: z.array(z.object({ account: z.string(), name: z.string(), seat: z.string() })),
    }),
  ),
});
export type Presence = z.infer<typeof presence>;

export interface ServerToClient {
  snapshot: (message: Snapshot) => void;
  changes: (message: ChangesMessage) => void;
  pulse: (message: Pulse) => void;
  directory: (message: { no: number }) => void;
  presence: (message: Presence) => void;
  /** To desks that may drive walls, and to a wall: see `wall-orders.ts`. */
  walls: (message: ConnectedWalls) => void;
  wallOrders: (message: WallOrders) => void;
  /** Teams on the move that share where they are: all of the viewer's area, whenever one moved. */
  teams: (message: MovingTeams) => void;
  /** Snapshot or changes as `device-states.ts` writes them. */
  states: (message: Uint8Array) => void;
}

export interface ClientToServer {
  follow: (request: FollowRequest) => void;
  look: (request: LookRequest) => void;
  /** Of a wall, whenever it changes. */
  showing: (request: Showing) => void;
  /** From now on the live state of every device too, beginning with a snapshot. */
  followStates: () => void;
}
