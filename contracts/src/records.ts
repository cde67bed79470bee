import { z } from 'zod';
import { alarmStates, deviceTypes, eventKinds, severities, ticketSteps, unitLevels } from './words.ts';

/**
 * The records that the writer keeps and the screens show: alarm, incident, ticket, drill, upkeep item.
 * Times are milliseconds since 1970 in engine time. `run` names the drill, null is live. `version` counts
 * changes from 1; a command states the version that its author saw.
 */
const time = z.number();
const words = z.object({ zh: z.string(), en: z.string() });

export const alarmRecord = z.object({
  id: z.string(),
  run: z.string().nullable(),
  rule: z.string(),
  device: z.string(),
  deviceType: z.enum(deviceTypes),
  kind: z.enum(eventKinds),
  /** Area of the device; the county's own code when the device is not registered yet (unlocated). */
  area: z.string(),
  building: z.string().nullable(),
  floor: z.int().nullable(),
  room: z.string().nullable(),
  lon: z.number().nullable(),
  lat: z.number().nullable(),
  severity: z.enum(severities),
  title: words,
  /** Why it is as grave as it is, in words, the newest last. */
  reasons: z.array(words),
  /** Borne out by what the rule names, such as a manual call point beside a smoke detector. */
  confirmed: z.boolean(),
  /** Code of the risk category, id of the response plan 预案, and tags, as the rule names them. */
  category: z.string().nullable(),
  plan: z.string().nullable(),
  tags: z.array(z.string()),
  state: z.enum(alarmStates),
  /** The abnormal condition holds now. */
  condition: z.boolean(),
  /** Held until reset by someone with the right, whatever the condition does. */
  latched: z.boolean(),
  acknowledged: z.boolean(),
  shelved: z.boolean(),
  suppressed: z.boolean(),
  outOfService: z.boolean(),
  value: z.number().nullable(),
  unit: z.string().nullable(),
  raisedAt: time,
  lastEventAt: time,
  returnedAt: time.nullable(),
  acknowledgedAt: time.nullable(),
  acknowledgedBy: z.string().nullable(),
  closedAt: time.nullable(),
  incident: z.string(),
  version: z.int(),
});
export type AlarmRecord = z.infer<typeof alarmRecord>;

export const incidentRecord = z.object({
  id: z.string(),
  run: z.string().nullable(),
  caseCode: z.string(),
  severity: z.enum(severities),
  /** What is threatened, as the rule of its first alarm says: `fire`, `supply`, `security`. */
  hazard: z.string(),
  title: words,
  /** Where, as it is said aloud: township, village, building. */
  place: words,
  area: z.string(),
  building: z.string().nullable(),
  lon: z.number().nullable(),
  lat: z.number().nullable(),
  reasons: z.array(words),
  /** Ids of its alarms, in the order in which they went off. */
  alarms: z.array(z.string()),
  /** Floors with a lit detector, ascending. */
  floors: z.array(z.int()),
  ticket: z.string().nullable(),
  openedAt: time,
  lastAlarmAt: time,
  closedAt: time.nullable(),
  version: z.int(),
});
export type IncidentRecord = z.infer<typeof incidentRecord>;

export const ticketMove = z.object({
  at: time,
  from: z.enum(ticketSteps).nullable(),
  to: z.enum(ticketSteps),
  /** Account, or `engine`. */
  by: z.string(),
  holder: z.string(),
  reason: z.string().nullable(),
});
export type TicketMove = z.infer<typeof ticketMove>;

export const ticketRecord = z.object({
  id: z.string(),
  run: z.string().nullable(),
  caseCode: z.string(),
  incident: z.string(),
  severity: z.enum(severities),
  title: words,
  place: words,
  area: z.string(),
  step: z.enum(ticketSteps),
  stepSince: time,
  /** Unit that must act now, and its level in the command chain. */
  holder: z.string(),
  holderLevel: z.enum(unitLevels),
  holderName: words,
  /** What is due next: the ring runs down from `since` to `at`; `limitMs` is what the rule allows. Null: nothing. */
  due: z.object({ step: z.enum(ticketSteps), since: time, at: time, limitMs: z.number() }).nullable(),
  overdue: z.boolean(),
  moves: z.array(ticketMove),
  openedAt: time,
  /** Deadlines count from here: the opening, or when it became graver or was sent back to the scene. */
  countedFrom: time,
  closedAt: time.nullable(),
  version: z.int(),
});
export type TicketRecord = z.infer<typeof ticketRecord>;

export const drillRecord = z.object({
  /** The run: names its topic root and marks everything that comes of it. */
  id: z.string(),
  title: z.string(),
  startedAt: time,
  startedBy: z.string(),
  endedAt: time.nullable(),
  version: z.int(),
});
export type DrillRecord = z.infer<typeof drillRecord>;

/** A work order of upkeep 维保: a fault, a weak battery, tampering, silence. Never dispatched. */
export const upkeepRecord = z.object({
  id: z.string(),
  run: z.string().nullable(),
  device: z.string(),
  kind: z.enum(eventKinds),
  /** Of a silence: nothing was heard of the device, or most of what hangs on it is quiet. */
  cause: z.enum(['own', 'children']).nullable(),
  area: z.string(),
  building: z.string().nullable(),
  openedAt: time,
  lastEventAt: time,
  closedAt: time.nullable(),
  version: z.int(),
});
export type UpkeepRecord = z.infer<typeof upkeepRecord>;
