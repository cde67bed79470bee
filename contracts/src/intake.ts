import { z } from 'zod';

/**
 * What people report: callers by way of a desk, departments, townships and grid workers by themselves, residents by a
 * public page. Times are milliseconds since 1970, coordinates WGS-84 degrees.
 *
 *     POST   /reports                  {@link reportRequest} → CommandAnswer; 202 as with `/commands`
 *     GET    /reports                  → {@link reportPage} of ?incident=&before={next}&limit=
 *     GET    /reports/{id}             → {@link reportCard}
 *     POST   /reports/{id}/erase       → 204: who called, and their words, are erased; the report stays
 *     GET    /intake/matches           → {@link matchList}: open incidents that a report may belong to
 *     GET    /places                   → {@link placeList} of ?text=
 *     GET    /buildings/{id}/qr.svg    → the public page of a building, as a QR code
 *     GET    /public/buildings/{id}    → {@link publicBuilding}, to anybody
 *     POST   /public/reports           {@link publicReport} → 202 {@link publicReceipt}, to anybody
 *     GET    /public/reports/{link}    → {@link publicStatus}, to who holds the link
 */

/** How it came in. `resident`: by the public page, unverified. */
export const reportChannels = [
  '119',
  '110',
  '12345',
  'department',
  'township',
  'grid-worker',
  'resident',
] as const;
export type ReportChannel = (typeof reportChannels)[number];

/** What is reported. How grave that is, the rulebook says. */
export const reportedThings = ['fire', 'smoke', 'gas', 'trapped', 'flood', 'security', 'other'] as const;
export type ReportedThing = (typeof reportedThings)[number];

const id = z.string().min(1).max(64);
const lon = z.number().min(-180).max(180);
const lat = z.number().min(-90).max(90);
const floor = z.int().min(-9).max(200).nullable().default(null);
const words = z.object({ zh: z.string(), en: z.string() });

/** Where it is. A point belongs to the building that it lies at, and to the village around it. */
export const reportPlace = z.discriminatedUnion('by', [
  z.object({ by: z.literal('building'), building: id, floor }),
  z.object({ by: z.literal('point'), lon, lat }),
  z.object({ by: z.literal('area'), area: id }),
  z.object({ by: z.literal('camera'), camera: id }),
]);
export type ReportPlace = z.infer<typeof reportPlace>;

const caller = z.object({ name: z.string().max(40).default(''), phone: z.string().max(24).default('') });
const said = z.string().max(500).default('');

export const reportRequest = z.object({
  /** Made by the author: the same id sent again is answered again and reported once. */
  id: z.uuid(),
  seat: z.string().max(64).default(''),
  channel: z.enum(reportChannels),
  what: z.enum(reportedThings),
  place: reportPlace,
  /** The drill that it is a part of; null is live. */
  run: z.string().min(1).max(40).nullable().default(null),
  /** Open incident that it belongs to, as its taker judges; null: the rules group it. One that closed meanwhile is no bar. */
  joins: id.nullable().default(null),
  /** What was said; kept with the caller beside the record, and erased with them. */
  words: said,
  caller: caller.nullable().default(null),
});
export type ReportRequest = z.infer<typeof reportRequest>;

/** What the writer takes: nothing of it names a person. `subject` is the report's id, which its event has for a device. */
export interface TakeReport {
  id: string;
  seat: string;
  reason: string;
  act: 'take-report';
  subject: string;
  channel: ReportChannel;
  what: ReportedThing;
  place: ReportPlace;
  run: string | null;
  joins: string | null;
}

/** Id of the report that a command makes. The command's is random, so no device has it. */
export const reportIdOf = (commandId: string) => `report-${commandId}`;

/** What became of it, as its reporter is told. */
export const reportStatuses = [
  'received',
  'on-its-way',
  'on-scene',
  'under-control',
  'closed',
  'false-alarm',
] as const;
export type ReportStatus = (typeof reportStatuses)[number];

export const reportCard = z.object({
  id: z.string(),
  at: z.number(),
  run: z.string().nullable(),
  channel: z.enum(reportChannels),
  what: z.enum(reportedThings),
  area: z.string(),
  building: z.string().nullable(),
  floor: z.int().nullable(),
  lon: z.number().nullable(),
  lat: z.number().nullable(),
  /** Account, or `resident`. */
  takenBy: z.string(),
  /** Masked for roles that may not read personal data; null when none was named, or it was erased. */
  caller: z.object({ name: z.string(), phone: z.string() }).nullable(),
  words: z.string(),
  erased: z.boolean(),
  /** Null: no rule made an alarm of it. */
  alarm: z.string().nullable(),
  incident: z.string().nullable(),
  caseCode: z.string().nullable(),
  status: z.enum(reportStatuses),
  /** What the reporter was told, and how that went. */
  told: z.array(
    z.object({
      kind: z.enum(['report-received', 'report-closed']),
      state: z.string(),
      reason: z.string().nullable(),
    }),
  ),
});
export type ReportCard = z.infer<typeof reportCard>;

/** Reports of the viewer's area, newest first; `next` is the `before` of the page after. */
export const reportPage = z.object({ reports: z.array(reportCard), next: z.string().nullable() });
export type ReportPage = z.infer<typeof reportPage>;

/** An open incident that a report may belong to, and why. */
export const incidentMatch = z.object({
  incident: z.string(),
  caseCode: z.string(),
  severity: z.enum(['high', 'medium', 'low']),
  title: words,
  place: words,
  openedAt: z.number(),
  /** 0 to 100. */
  score: z.int(),
  reasons: z.array(words),
});
export type IncidentMatch = z.infer<typeof incidentMatch>;

/** The likeliest first, five at most. */
export const matchList = z.object({ matches: z.array(incidentMatch) });
export type MatchList = z.infer<typeof matchList>;

/** A place that was looked for, and how a report names it. */
export const foundPlace = z.object({
  kind: z.enum(['building', 'village', 'township', 'camera']),
  id: z.string(),
  name: words,
  /** Township and village around it. */
  around: words,
  area: z.string(),
  lon: z.number().nullable(),
  lat: z.number().nullable(),
});
export type FoundPlace = z.infer<typeof foundPlace>;
export const placeList = z.object({ places: z.array(foundPlace) });
export type PlaceList = z.infer<typeof placeList>;

export const publicBuilding = z.object({ id: z.string(), name: words, around: words });
export type PublicBuilding = z.infer<typeof publicBuilding>;

/** A resident's report, of a building that stands in the QR code. */
export const publicReport = z.object({
  id: z.uuid(),
  building: id,
  floor,
  what: z.enum(reportedThings),
  words: z.string().max(200).default(''),
  name: z.string().max(20).default(''),
  phone: z
    .string()
    .regex(/^[+\d -]{0,20}$/)
    .default(''),
});
export type PublicReport = z.infer<typeof publicReport>;

/** The link opens the status of this one report, 128 bits that nobody guesses. It says the same whatever goes on there. */
export const publicReceipt = z.object({ link: z.string() });
export type PublicReceipt = z.infer<typeof publicReceipt>;

export const publicStatus = z.object({
  at: z.number(),
  what: z.enum(reportedThings),
  place: words,
  status: z.enum(reportStatuses),
});
export type PublicStatus = z.infer<typeof publicStatus>;

/**
 * Body of the POST of channel `webhook` to a reporter, signed and keyed as `webhookBody` of deliveries.ts is. A kind is
 * told once. `link` is a path below the address of the station.
 */
export const reporterMessage = z.object({
  id: z.string(),
  kind: z.enum(['report-received', 'report-closed']),
  at: z.number(),
  person: z.object({ name: z.string(), phone: z.string() }),
  report: z.object({
    id: z.string(),
    what: z.enum(reportedThings),
    status: z.enum(reportStatuses),
    link: z.string(),
  }),
});
export type ReporterMessage = z.infer<typeof reporterMessage>;
