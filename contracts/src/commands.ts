import { z } from 'zod';
import type { Attachment } from './case.ts';
import type { TakeReport } from './intake.ts';
import type {
  BuildingRegistration,
  DeviceRegistration,
  PersonRegistration,
  UnitRegistration,
} from './registry.ts';
import { dutyPosts, partyProgress, partyRoles, unitLevels } from './words.ts';

/**
 * Acts of people, `POST /api/v1/commands`. Each is stored, decided by the writer in its turn, and answered
 * after the commit. `id` is made by the author: the same id sent again is answered again and acted on once.
 * `expectedVersion` is the version of the subject that the author saw; an older one is refused with
 * `version-conflict` and told who did what in between.
 */
const common = {
  id: z.uuid(),
  /** Where the author sits, such as 席位 2; empty when unknown. */
  seat: z.string().max(64).default(''),
  reason: z.string().max(500).default(''),
};
const versioned = { ...common, subject: z.string().min(1).max(64), expectedVersion: z.int().min(1) };

/** When a hold ends by itself, ms since 1970. */
const until = z.number();

/** Of one drill: as many as two shifts of a county. */
const mostParticipants = 500;
/**
 * When it was done, where there was no network to say so at once; absent: when it is told. Kept beside engine time, which
 * deadlines go by: a clock of a phone moves none of them.
 */
const doneAt = z.number().min(0).max(1e14).optional();

/** Id of a unit. */
const unit = z.string().min(1).max(64);

/**
 * The reason of an acknowledgement is its comment, kept in the record. Shelving, holds, merging, splitting, and resolving
 * or returning upkeep are refused with `reason-required` without one. A device or building that is held already is refused; what is about a
 * hold names it by its id.
 */
export const command = z.discriminatedUnion('act', [
  z.object({ act: z.literal('acknowledge-alarm'), ...versioned }),
  z.object({ act: z.literal('reset-alarm'), ...versioned }),
  z.object({
    act: z.literal('shelve-alarm'),
    ...versioned,
    minutes: z
      .int()
      .min(1)
      .max(7 * 24 * 60),
  }),
  z.object({ act: z.literal('unshelve-alarm'), ...versioned }),
  z.object({
    act: z.literal('remove-from-service'),
    ...common,
    /** Id of the device or building. */
    subject: z.string().min(1).max(64),
    of: z.enum(['device', 'building']),
    until,
  }),
  z.object({ act: z.literal('return-to-service'), ...versioned }),
  z.object({ act: z.literal('start-building-test'), ...common, subject: z.string().min(1).max(64), until }),
  z.object({ act: z.literal('end-building-test'), ...versioned }),
  z.object({ act: z.literal('acknowledge-incident'), ...versioned }),
  /** A person takes an incident for what it looks like: its ticket opens before the rules would. */
  z.object({ act: z.literal('open-ticket'), ...versioned }),
  z.object({
    act: z.literal('merge-incidents'),
    ...versioned,
    /** The incident that takes in the alarms of `subject`, and the version of it that the author saw. */
    into: z.string().min(1).max(64),
    intoVersion: z.int().min(1),
  }),
  z.object({
    act: z.literal('split-incident'),
    ...versioned,
    /** Those that leave, and open an incident of their own. */
    alarms: z.array(z.string().min(1).max(64)).min(1).max(256),
  }),
  z.object({
    act: z.literal('move-ticket'),
    ...versioned,
    /** Id of a step of the ticket's workflow. */
    to: z.string().min(1).max(40),
    /** Unit that holds the ticket from now on; absent: the workflow's own choice. */
    holder: z.string().optional(),
    doneAt,
  }),
  /** Orders a team: the named one, or the first that is proposed. The reason is for the record. */
  z.object({ act: z.literal('assign-ticket'), ...versioned, unit: unit.optional() }),
  /** Hands a case on to a unit of the same level; its deadlines go on. Needs a reason. */
  z.object({ act: z.literal('transfer-ticket'), ...versioned, unit }),
  /** Chases 催办 who holds a case, or a unit that was called to it: its people are told once more. The reason is what they are told. */
  z.object({ act: z.literal('chase-ticket'), ...versioned, unit: unit.optional() }),
  /**
   * Says something, the reason, to every unit of a level in an area 通播. `subject` is the open incident that it is about, or
   * the area once more.
   */
  z.object({
    act: z.literal('send-broadcast'),
    ...common,
    subject: z.string().min(1).max(64),
    of: z.enum(['incident', 'area']),
    area: z.string().min(6).max(20),
    level: z.enum(unitLevels),
  }),
  /** The unit of whoever sends this has read it. */
  z.object({ act: z.literal('read-broadcast'), ...common, subject: z.string().min(1).max(64), doneAt }),
  /** Calls a unit to a case beside its holder; says how far it has come; lets it go. */
  z.object({ act: z.literal('add-party'), ...versioned, unit, role: z.enum(partyRoles) }),
  z.object({ act: z.literal('move-party'), ...versioned, unit, to: z.enum(partyProgress), doneAt }),
  z.object({ act: z.literal('release-party'), ...versioned, unit }),
  z.object({
    act: z.literal('set-duty'),
    ...common,
    /** Id of the person. */
    subject: z.string().min(1).max(64),
    /** Null: off duty. */
    post: z.enum(dutyPosts).nullable(),
    /** Their duty ends by itself then; null: when somebody says so. */
    until: until.nullable().default(null),
  }),
  z.object({
    act: z.literal('assign-upkeep'),
    ...common,
    /** The unit that is to see to them; `person`: whom of it, in words. */
    subject: z.string().min(1).max(64),
    person: z.string().max(64).default(''),
    /** When they are to be done by, ms since 1970. */
    dueAt: z.number(),
    /** One or many work orders, each at the version that the author saw: all are assigned, or none. */
    orders: z
      .array(z.object({ id: z.string().min(1).max(64), version: z.int().min(1) }))
      .min(1)
      .max(500),
  }),
  /** Its reason is what was done. */
  z.object({ act: z.literal('resolve-upkeep'), ...versioned }),
  /** Of an open order: the unit gives it back. Of one resolved within a week: the work is not accepted, and it opens again. */
  z.object({ act: z.literal('return-upkeep'), ...versioned }),
  /** The case is not over: at a step of its workflow, or at the one that it names for that. Its code and its record go on. */
  z.object({ act: z.literal('reopen-ticket'), ...versioned, to: z.string().max(64).optional() }),
  /** The visit after closing 回访; the reason is what was said, and needed where they are not satisfied. */
  z.object({ act: z.literal('record-follow-up'), ...versioned, satisfied: z.boolean() }),
  /** 挂牌督办: the county watches that it is done with by then. */
  z.object({ act: z.literal('list-for-supervision'), ...versioned, until }),
  /** The reason says what came of it. */
  z.object({ act: z.literal('end-supervision'), ...versioned }),
  /** Words kept in the case as evidence: the reason. `subject` is its incident, open or closed. */
  z.object({ act: z.literal('add-note'), ...common, subject: z.string().min(1).max(64) }),
  z.object({
    act: z.literal('start-drill'),
    ...common,
    subject: z.string().min(1).max(40),
    title: z.string().min(1).max(120),
    /** Ids of people of the roster; absent: nobody takes part, and nobody is told. */
    participants: z.array(z.string().min(1).max(64)).max(mostParticipants).optional(),
  }),
  z.object({ act: z.literal('end-drill'), ...common, subject: z.string().min(1).max(40) }),
]);

/**
 * What an administrator does outside of the writer's world, by a route of its own, which has the writer put it on
 * the record first. It cannot be sent as a command, so that nothing stands there that nobody did.
 */
export const administratorsActs = [
  'reprocess-quarantine',
  'issue-credential',
  'revoke-credential',
  'issue-carrier-source',
  'revoke-carrier-source',
  'erase-personal',
  'issue-api-token',
  'revoke-api-token',
  'pair-wall',
  'unpair-wall',
  'create-account',
  'change-account',
  'disable-account',
  'enable-account',
  'reset-password',
  'sign-in',
  'refuse-sign-in',
  'sign-out',
  'change-password',
  'direct-wall',
] as const;
export interface AdministratorsAct {
  id: string;
  seat: string;
  reason: string;
  act: (typeof administratorsActs)[number];
  subject: string;
  /** How, in a line. */
  detail: string;
}

/** A file for a case, sent by `POST /api/v1/cases/{code}/files`, which has stored its bytes. `subject` is its incident. */
export interface AddEvidence {
  id: string;
  seat: string;
  /** What it shows. */
  reason: string;
  act: 'add-evidence';
  subject: string;
  file: Attachment;
  /** As of a move: when it was taken, where it could not be sent at once. */
  doneAt?: number | undefined;
}

/** A new rulebook, sent by `PUT /api/v1/rulebook` or by the file on disk. In force from the writer's next input on. */
export interface PutRulebook {
  id: string;
  seat: string;
  reason: string;
  act: 'put-rulebook';
  subject: 'rulebook';
  text: string;
  /** Version that the author began from; null: whatever is in force. */
  basedOn: number | null;
}

/** Another workflow, sent by `PUT /api/v1/workflow` or by the setting: tickets that open from then on go by it. */
export interface PutWorkflow {
  id: string;
  seat: string;
  reason: string;
  act: 'put-workflow';
  subject: 'workflow';
  text: string;
  /** Version that the author began from; null: whatever is in force. */
  basedOn: number | null;
}

/** Devices that are new, changed or adopted, sent by `POST /api/v1/devices/import` or `PUT /api/v1/devices/{id}`. */
export interface RegisterDevices {
  id: string;
  seat: string;
  reason: string;
  act: 'register-devices';
  /** The file, or the one device. */
  subject: string;
  devices: readonly DeviceRegistration[];
}

/** Buildings that are new or changed. */
export interface RegisterBuildings {
  id: string;
  seat: string;
  reason: string;
  act: 'register-buildings';
  subject: string;
  buildings: readonly BuildingRegistration[];
}

/** Units of the chain that are new or changed. */
export interface RegisterUnits {
  id: string;
  seat: string;
  reason: string;
  act: 'register-units';
  subject: string;
  units: readonly UnitRegistration[];
}

/** People of units that are new or changed. */
export interface RegisterPeople {
  id: string;
  seat: string;
  reason: string;
  act: 'register-people';
  subject: string;
  people: readonly PersonRegistration[];
}

export type Command =
  | z.infer<typeof command>
  | AdministratorsAct
  | PutRulebook
  | PutWorkflow
  | TakeReport
  | AddEvidence
  | RegisterDevices
  | RegisterBuildings
  | RegisterUnits
  | RegisterPeople;
export type CommandAct = Command['act'];
/** What the writer decides on; what administrators do it only puts on the record. */
export type DecidedAct = Exclude<CommandAct, AdministratorsAct['act']>;

export const isAdministrators = (body: Command): body is AdministratorsAct =>
  (administratorsActs as readonly string[]).includes(body.act);

/** Why the writer would not do it. All are final for this command id. */
export const refusalReasons = [
  'unknown-subject',
  'version-conflict',
  'not-allowed-now',
  'not-authorised',
  'reason-required',
  'could-not-be-stored',
  'faulty-rulebook',
  'faulty-workflow',
  'evidence-required',
] as const;
export type RefusalReason = (typeof refusalReasons)[number];

export const commandAnswer = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), id: z.uuid(), engineNo: z.int(), version: z.int() }),
  z.object({
    ok: z.literal(false),
    id: z.uuid(),
    reason: z.enum(refusalReasons),
    /** One sentence for the person, both languages. */
    message: z.object({ zh: z.string(), en: z.string() }),
    /** For `not-allowed-now`: what may be done instead. */
    allowed: z.array(z.string()).default([]),
  }),
]);
/** Status 202: taken, and not answered in time. The same command sent again finds out. */
export const commandWaiting = z.object({ id: z.uuid(), waiting: z.literal(true) });

export type CommandAnswer = z.infer<typeof commandAnswer>;
