import { z } from 'zod';
import type { Attachment } from './case.ts';
import { ticketStages } from './words.ts';

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

/**
 * The reason of an acknowledgement is its comment, kept in the record. Shelving, holds, merging and splitting are
 * refused with `reason-required` without one. A device or building that is held already is refused; what is about a
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
    to: z.enum(ticketStages),
    /** Unit that holds the ticket from now on; absent: the workflow's own choice. */
    holder: z.string().optional(),
  }),
  /** The case is not over: to the scene, or to be looked through once more. Its code and its record go on. */
  z.object({ act: z.literal('reopen-ticket'), ...versioned, to: z.enum(['on-scene', 'review']) }),
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

export type Command = z.infer<typeof command> | AdministratorsAct | PutRulebook | AddEvidence;
export type CommandAct = Command['act'];

/** Why the writer would not do it. All are final for this command id. */
export const refusalReasons = [
  'unknown-subject',
  'version-conflict',
  'not-allowed-now',
  'not-authorised',
  'reason-required',
  'could-not-be-stored',
  'faulty-rulebook',
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
