import { z } from 'zod';
import {
  alarmStates,
  deviceTypes,
  eventKinds,
  evidenceKinds,
  holdKinds,
  partyRoles,
  partyStates,
  severities,
  ticketStages,
  unitLevels,
} from './words.ts';

/**
 * The records that the writer keeps and the screens show: alarm, incident, ticket, flood, drill, hold, upkeep item.
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
  /** Put on the shelf by whom, why and until when; null: it is not. */
  shelf: z.object({ since: time, until: time, by: z.string(), reason: z.string() }).nullable(),
  /** It went off in a test of its building. */
  test: z.boolean(),
  value: z.number().nullable(),
  unit: z.string().nullable(),
  raisedAt: time,
  lastEventAt: time,
  /** When it was raised last, the newest last: as many as tell whether it chatters. */
  lastRaises: z.array(time),
  /** It went off again and again within a minute (ISA-18.2, 3.1: chattering), and stays marked until it is closed. */
  chattering: z.boolean(),
  returnedAt: time.nullable(),
  acknowledgedAt: time.nullable(),
  acknowledgedBy: z.string().nullable(),
  /** What the one who acknowledged had to say; null: nothing. */
  acknowledgedComment: z.string().nullable(),
  closedAt: time.nullable(),
  /** Null: a hold kept it back when it went off. */
  incident: z.string().nullable(),
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
  /** The incident that took its alarms in, by hand; and the one that it was split from. */
  mergedInto: z.string().nullable(),
  splitFrom: z.string().nullable(),
  openedAt: time,
  lastAlarmAt: time,
  closedAt: time.nullable(),
  version: z.int(),
});
export type IncidentRecord = z.infer<typeof incidentRecord>;

export const ticketMove = z.object({
  at: time,
  /** Ids of steps of the ticket's workflow; null: the ticket was opened. */
  from: z.string().nullable(),
  to: z.string(),
  /** Stage of `to`. */
  stage: z.enum(ticketStages),
  /** Account, or `engine`. */
  by: z.string(),
  holder: z.string(),
  reason: z.string().nullable(),
  /** When it was done, as its author told; absent: at `at`. Nothing is decided by it. */
  doneAt: time.optional(),
});
export type TicketMove = z.infer<typeof ticketMove>;

/** A unit that is called to a case beside the one that holds its ticket, and how far it has come. */
export const ticketParty = z.object({
  unit: z.string(),
  level: z.enum(unitLevels),
  name: words,
  role: z.enum(partyRoles),
  state: z.enum(partyStates),
  since: time,
  by: z.string(),
  /** When it came so far, as of a move. */
  doneAt: time.optional(),
});
export type TicketParty = z.infer<typeof ticketParty>;

/** A unit that was told that the ticket is late, each once and upwards: the chain of who has heard. */
export const escalation = z.object({ unit: z.string(), level: z.enum(unitLevels), name: words, at: time });
export type Escalation = z.infer<typeof escalation>;

/** What can be missed: the deadline of a stage, a first look at the alarms, the end of the time on the list 挂牌督办. */
export const missables = ['deadline', 'acknowledgement', 'supervision'] as const;

/** Something of a ticket that was not done in time, who held it then, and who was told of it above them. */
export const lateness = z.object({
  what: z.enum(missables),
  /** Of a deadline: the stage that was owed. */
  stage: z.enum(ticketStages).nullable(),
  dueAt: time,
  /** What was allowed; null: it was missed before this was kept. */
  limitMs: z.number().nullable(),
  holder: z.string(),
  holderName: words,
  told: z.array(escalation),
});
export type Lateness = z.infer<typeof lateness>;

/** The visit after closing 回访: whether the people there are satisfied. */
export const visit = z.object({ at: time, by: z.string(), satisfied: z.boolean(), note: z.string() });
export type Visit = z.infer<typeof visit>;

/** What is kept in the case as evidence 证据: a file of the case, or words. */
export const evidenceItem = z.object({
  id: z.string(),
  kind: z.enum(evidenceKinds),
  at: time,
  by: z.string(),
  note: z.string().nullable(),
  /** As of a move. */
  doneAt: time.optional(),
});
export type EvidenceItem = z.infer<typeof evidenceItem>;

export const ticketRecord = z.object({
  id: z.string(),
  run: z.string().nullable(),
  caseCode: z.string(),
  incident: z.string(),
  severity: z.enum(severities),
  title: words,
  place: words,
  area: z.string(),
  /** Workflow and its version, as `wenling@1`: an open ticket keeps the one under which it was opened. */
  workflow: z.string(),
  /** Id of the step in that workflow, and what it means. */
  step: z.string(),
  stage: z.enum(ticketStages),
  stepSince: time,
  /** Unit that must act now, and its level in the command chain. */
  holder: z.string(),
  holderLevel: z.enum(unitLevels),
  holderName: words,
  /**
   * What is due next: the ring runs down from `since` to `at`, its light yellow from `yellowAt`; `limitMs` is what the
   * workflow allows. Null: nothing.
   */
  due: z
    .object({ stage: z.enum(ticketStages), since: time, yellowAt: time, at: time, limitMs: z.number() })
    .nullable(),
  overdue: z.boolean(),
  /** Everyone who was told of what is late now, the lowest level first. */
  escalations: z.array(escalation),
  /** Everything that was late, the oldest first, for good: no return, transfer or reopening makes it undone. */
  lateness: z.array(lateness),
  /** Teams and departments at it beside the holder. */
  parties: z.array(ticketParty),
  evidence: z.array(evidenceItem),
  /** Listed for supervision 挂牌督办: by whom, why, and when it is to be done with. */
  listed: z.object({ at: time, by: z.string(), reason: z.string(), until: time }).nullable(),
  /** Every visit, the newest last, also those before it was opened again. */
  visits: z.array(visit),
  /** How often it was opened again after its end. */
  reopened: z.int(),
  moves: z.array(ticketMove),
  openedAt: time,
  /** Deadlines count from here: the opening, or when it became graver or was sent back to the scene. */
  countedFrom: time,
  closedAt: time.nullable(),
  version: z.int(),
});
export type TicketRecord = z.infer<typeof ticketRecord>;

/**
 * A room that hears more alarms than a person can take in: an alarm flood after EEMUA 191 and ISA-18.2. While it is open,
 * low incidents of its area are told to it as a number.
 */
export const floodRecord = z.object({
  id: z.string(),
  run: z.string().nullable(),
  /** Unit in whose room it is, and the area that the room hears. */
  seat: z.string(),
  area: z.string(),
  /** The area, as it is said aloud. */
  place: words,
  /** Annunciations within `withinMs`, as last counted, and the most that there were. */
  rate: z.int(),
  peak: z.int(),
  peakAt: time,
  withinMs: z.number(),
  /** What the room heard, from what made it a flood to `countedTo`. */
  heard: z.array(z.object({ severity: z.enum(severities), kind: z.enum(eventKinds), count: z.int() })),
  countedTo: time,
  openedAt: time,
  closedAt: time.nullable(),
  version: z.int(),
});
export type FloodRecord = z.infer<typeof floodRecord>;

export const drillRecord = z.object({
  /** The run: names its topic root and marks everything that comes of it. */
  id: z.string(),
  title: z.string(),
  /** Ids of the people who take part: nobody else is told of anything in it. */
  participants: z.array(z.string()),
  startedAt: time,
  startedBy: z.string(),
  endedAt: time.nullable(),
  version: z.int(),
});
export type DrillRecord = z.infer<typeof drillRecord>;

/**
 * What keeps alarms back for a time: a device or a building out of service, or a test of a building, in which what
 * its detectors say is suppressed and what a person says is not. Of the live world only.
 */
export const holdRecord = z.object({
  id: z.string(),
  kind: z.enum(holdKinds),
  /** One of the two is named. */
  device: z.string().nullable(),
  building: z.string().nullable(),
  area: z.string(),
  /** Where, as it is said aloud. */
  place: words,
  reason: z.string(),
  startedAt: time,
  startedBy: z.string(),
  /** Ends by itself then. */
  until: time,
  endedAt: time.nullable(),
  /** Account, or `engine`. */
  endedBy: z.string().nullable(),
  version: z.int(),
});
export type HoldRecord = z.infer<typeof holdRecord>;

/**
 * A work order of upkeep 维保: a fault, a weak battery, tampering, silence. Never dispatched. It ends when the device says
 * that it is well, or when somebody resolves it in words.
 */
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
  /** Who is to see to it, and by when; `person` is as it was written, empty: whom the unit sends. Null: nobody yet. */
  assigned: z
    .object({ unit: z.string(), name: words, person: z.string(), at: time, by: z.string(), dueAt: time })
    .nullable(),
  /** What was done, by whom. Null while it is open, and when the device came back by itself. */
  resolved: z.object({ at: time, by: z.string(), note: z.string() }).nullable(),
  /** How often it was sent back, the newest last: the unit gave the order back, or its work was not accepted. */
  returns: z.array(
    z.object({
      what: z.enum(['order', 'work']),
      at: time,
      by: z.string(),
      unit: z.string(),
      reason: z.string(),
    }),
  ),
  closedAt: time.nullable(),
  version: z.int(),
});
export type UpkeepRecord = z.infer<typeof upkeepRecord>;
