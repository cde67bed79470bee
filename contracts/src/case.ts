import { z } from 'zod';
import { deliveryCard } from './deliveries.ts';
import { alarmRecord, evidenceItem, incidentRecord, ticketParty, ticketRecord } from './records.ts';
import { alarmStates, eventKinds, evidenceKinds, reportedStates, severities, ticketStages } from './words.ts';
import { workflow } from './workflow.ts';

/**
 * The case 案: everything that hangs on one case code 一案一码, for good. Times are milliseconds since 1970. `code` in a
 * path may be typed in lower case, with spaces, or without dashes; a wrong check character is told as such (400
 * `case-code`).
 *
 *     GET  /cases                          ?{@link caseQuery} → {@link casePage}, newest first
 *     GET  /cases/{code}                   → {@link dossier}
 *     GET  /cases/{code}/export.json       → {@link caseExport}, one file with the bytes of all attachments
 *     GET  /cases/{code}/report            ?lang=zh|en → a page to print
 *     GET  /cases/{code}/report.json       → {@link caseReport}, of an open case as far as it has come
 *     POST /cases/{code}/files             ?note=&name= with the bytes as body → {@link attached}
 *     GET  /cases/{code}/files/{id}        → the bytes; ?size=small of an image: a JPEG of 480 pixels at most
 */
const time = z.number();
const words = z.object({ zh: z.string(), en: z.string() });

/** Kinds of evidence that are a file. */
export const attachmentKinds = ['photo', 'video', 'document'] as const;
export type AttachmentKind = (typeof attachmentKinds)[number];

/** A file of a case. What it is was read off its bytes, never off its name. */
export const attachment = z.object({
  kind: z.enum(attachmentKinds),
  /** Media type. */
  type: z.string(),
  /** As its author called it; for people only. */
  name: z.string(),
  bytes: z.int(),
  /** Hex SHA-256 of what is kept, and of what was sent: an image is drawn anew, which leaves its metadata behind. */
  sha256: z.string(),
  sentSha256: z.string(),
  /** Of an image, in pixels. */
  width: z.int().nullable(),
  height: z.int().nullable(),
  /** When and where it was taken, as the image itself said; the time is that of the camera's own clock and zone. */
  takenAt: z.string().nullable(),
  lon: z.number().nullable(),
  lat: z.number().nullable(),
});
export type Attachment = z.infer<typeof attachment>;

/** Evidence of a case; null: words alone. */
export const caseEvidence = evidenceItem.extend({ file: attachment.nullable() });
export type CaseEvidence = z.infer<typeof caseEvidence>;

/** The event of a device as it was copied into the case when it changed an alarm. */
export const keptEvent = z.object({
  device: z.string(),
  kind: z.enum(eventKinds),
  state: z.enum(reportedStates),
  value: z.number().nullable(),
  unit: z.string().nullable(),
  attrs: z.record(z.string(), z.unknown()).nullable(),
  /** Time of the device, and of its receipt. */
  at: time,
  receivedAt: time,
  late: z.boolean(),
});
export type KeptEvent = z.infer<typeof keptEvent>;

/** A step in the life of an alarm of the case, and the event that caused it; null: a person or the time did. */
export const caseStep = z.object({
  alarm: z.string(),
  version: z.int(),
  no: z.int(),
  at: time,
  from: z.enum(alarmStates).nullable(),
  to: z.enum(alarmStates),
  why: z.string(),
  actor: z.string(),
  severity: z.enum(severities),
  event: keptEvent.nullable(),
});
export type CaseStep = z.infer<typeof caseStep>;

/** A camera that stood near when the case was opened, and the stretches of its picture that belong to the case. */
export const caseCamera = z.object({
  camera: z.string(),
  /** What people call it. */
  code: z.string(),
  metres: z.int(),
  moments: z.array(z.object({ from: time, to: time })),
});
export type CaseCamera = z.infer<typeof caseCamera>;

/** What was done or decided about the case, as it stands on the record. */
export const caseAct = z.object({
  no: z.int(),
  at: time,
  actor: z.string(),
  role: z.string(),
  seat: z.string(),
  act: z.string(),
  subject: z.string(),
  reason: z.string(),
  detail: z.record(z.string(), z.unknown()),
});
export type CaseAct = z.infer<typeof caseAct>;

/**
 * Stages that had to be reached by a time, also those that were missed before the clock of the ticket began anew. `lateMs`: by
 * how much that was missed, so far if it is not reached yet.
 */
export const caseDeadline = z.object({
  stage: z.enum(ticketStages),
  /** Null: what was allowed is not known any more. */
  limitMs: time.nullable(),
  dueAt: time,
  reachedAt: time.nullable(),
  lateMs: time,
  /** Who held it when it was missed; null: it was kept, or nobody knows any more. */
  holder: words.nullable(),
  /** What was said when it was reached late. */
  reason: z.string().nullable(),
});
export type CaseDeadline = z.infer<typeof caseDeadline>;

export const timeLineEntry = z.object({
  at: time,
  by: z.string(),
  what: words,
  /** A deadline was missed. */
  late: z.boolean(),
  /** When it was done, where it could be told later only. */
  doneAt: time.optional(),
  /** Where they sat who did it; absent: nobody said. */
  seat: z.string().optional(),
});
export type TimeLineEntry = z.infer<typeof timeLineEntry>;

/** The after-action report 复盘: made of the dossier alone when a case is closed, once more when it is closed again. */
export const caseReport = z.object({
  /** 0: of the first closing; n: of the closing after the n-th reopening. */
  round: z.int(),
  caseCode: z.string(),
  run: z.string().nullable(),
  severity: z.enum(severities),
  title: words,
  place: words,
  /** `open`: as far as the case has come. `all-normal`: it never needed a ticket. */
  outcome: z.enum(['open', 'closed', 'false-alarm', 'all-normal', 'merged']),
  openedAt: time,
  closedAt: time.nullable(),
  /** Who made the last move, and what they said: why it was a false alarm. Null: open, or it never needed a ticket. */
  ending: z.object({ by: z.string(), reason: words.nullable() }).nullable(),
  /** Milliseconds from the opening to the first acknowledgement of an alarm; null: nobody acknowledged any. */
  acknowledgedMs: time.nullable(),
  deadlines: z.array(caseDeadline),
  floors: z.array(z.object({ floor: z.int().nullable(), alarms: z.int(), confirmed: z.int() })),
  told: z.object({ sent: z.int(), waiting: z.int(), failed: z.int(), refused: z.int() }),
  parties: z.array(ticketParty),
  evidence: z.array(z.object({ kind: z.enum(evidenceKinds), count: z.int() })),
  timeLine: z.array(timeLineEntry),
  /** Entries of the time line beyond those that are told. */
  leftOut: z.int(),
  /** What went late or is missing, the gravest first; empty: nothing. */
  findings: z.array(words),
});
export type CaseReport = z.infer<typeof caseReport>;

/** As it is shown: with what those are called whose accounts it names. */
export const shownReport = caseReport.extend({
  people: z.array(z.object({ account: z.string(), name: z.string() })),
});
export type ShownReport = z.infer<typeof shownReport>;

/** A case that was merged into this one, and its ticket as it ended. */
export const absorbedCase = z.object({
  code: z.string(),
  incident: z.string(),
  mergedAt: time,
  ticket: ticketRecord.nullable(),
});
export type AbsorbedCase = z.infer<typeof absorbedCase>;

/** Evidence as a case shows it; `from`: code of the merged case in which it was taken, null: its own. */
export const shownEvidence = caseEvidence.extend({ from: z.string().nullable() });
export type ShownEvidence = z.infer<typeof shownEvidence>;

/** `GET /incidents/{id}/evidence`: that of one incident, the oldest first, whether it has a ticket or not. */
export const evidenceList = z.object({ evidence: z.array(shownEvidence) });
export type EvidenceList = z.infer<typeof evidenceList>;

/** 案卷: everything about a case. Of a case of thousands of alarms the first; `leftOut` says how many are not told. */
export const dossier = z.object({
  code: z.string(),
  /** The drill; null: live. */
  run: z.string().nullable(),
  incident: incidentRecord,
  ticket: ticketRecord.nullable(),
  /** By which its ticket goes. */
  workflow,
  /** Code of the case that took its alarms in. */
  mergedInto: z.string().nullable(),
  /** Cases whose alarms it took in. Their alarms, evidence, pictures and acts are told with its own. */
  absorbed: z.array(absorbedCase),
  alarms: z.array(alarmRecord),
  steps: z.array(caseStep),
  cameras: z.array(caseCamera),
  evidence: z.array(shownEvidence),
  deliveries: z.array(deliveryCard),
  acts: z.array(caseAct),
  /** Names of the units that it names: those that held it, were called to it or were told of it. */
  units: z.array(z.object({ id: z.string(), name: words })),
  /** What those are called who acted on it. */
  people: z.array(z.object({ account: z.string(), name: z.string() })),
  leftOut: z.object({ alarms: z.int(), steps: z.int(), acts: z.int() }),
  /** One a closing, the newest last. */
  reports: z.array(caseReport),
});
export type Dossier = z.infer<typeof dossier>;

export const caseStates = ['open', 'closed'] as const;

/**
 * Absent filters select everything. `text`: part of the name of a building or an area, or of a case code. `person`: the
 * account or the name of somebody who moved its ticket; names are looked for only by who may read personal data.
 */
export const caseQuery = z.object({
  code: z.string().min(1).max(32).optional(),
  text: z.string().trim().min(1).max(64).optional(),
  area: z
    .string()
    .regex(/^\d{6,12}(-\d{2,3})?$/, 'the code of an area')
    .optional(),
  building: z.string().min(1).max(64).optional(),
  device: z.string().min(1).max(64).optional(),
  person: z.string().trim().min(1).max(64).optional(),
  /** Opened from this time on, and before that one. */
  from: z.coerce.number().min(-1e14).max(1e14).optional(),
  to: z.coerce.number().min(-1e14).max(1e14).optional(),
  state: z.enum(caseStates).optional(),
  /** `any`: drills too; absent: only what is live. */
  run: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,40}$/, 'the id of a drill, or any')
    .optional(),
  before: z
    .string()
    .regex(/^\d{1,15}:.{1,64}$/, 'the `next` of a page')
    .optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type CaseQuery = z.infer<typeof caseQuery>;

/** A case in a list. */
export const caseCard = incidentRecord
  .pick({ run: true, severity: true, title: true, place: true, area: true, building: true })
  .extend({
    code: z.string(),
    incident: z.string(),
    openedAt: time,
    closedAt: time.nullable(),
    /** Null: it never had a ticket. */
    stage: z.enum(ticketStages).nullable(),
    reopened: z.int(),
    listed: z.boolean(),
    /** Whether the people there are satisfied; null: nobody has visited them yet. */
    satisfied: z.boolean().nullable(),
  });
export type CaseCard = z.infer<typeof caseCard>;

export const casePage = z.object({ cases: z.array(caseCard), next: z.string().nullable() });
export type CasePage = z.infer<typeof casePage>;

/**
 * A link of the record that seals entries of the case. `digest` is SHA-256 over `previous` and the lines of its entries,
 * as `docs/decisions/0018` words them. `complete`: all of its entries are of this case or stand in `others`, so that the
 * digest can be worked out from this file; else other cases were decided in the same batch, which only an auditor is told.
 */
export const caseLink = z.object({
  batch: z.int(),
  firstNo: z.int(),
  lastNo: z.int(),
  previous: z.string(),
  digest: z.string(),
  complete: z.boolean(),
});
export type CaseLink = z.infer<typeof caseLink>;

/** A row of the record as it was hashed: `detail` is JSON text. */
export const sealedEntry = z.object({
  no: z.int(),
  at: time,
  actor: z.string(),
  role: z.string(),
  seat: z.string(),
  act: z.string(),
  subject: z.string(),
  area: z.string(),
  run: z.string().nullable(),
  reason: z.string(),
  detail: z.string(),
});
export type SealedEntry = z.infer<typeof sealedEntry>;

export const caseExport = z.object({
  format: z.literal('fenghuo-case/1'),
  exportedAt: time,
  exportedBy: z.string(),
  county: z.string(),
  dossier,
  record: z.object({
    links: z.array(caseLink),
    entries: z.array(sealedEntry),
    /** Of other subjects in the same links; for auditors only. */
    others: z.array(sealedEntry),
  }),
  files: z.array(
    z.object({
      id: z.string(),
      sha256: z.string(),
      /** Base64; null: the file together with those before it is larger than one export holds, fetch it by itself. */
      content: z.string().nullable(),
    }),
  ),
});
export type CaseExport = z.infer<typeof caseExport>;

export const attached = z.object({ id: z.string(), file: attachment });
export type Attached = z.infer<typeof attached>;

export const reportQuery = z.object({ lang: z.enum(['zh', 'en']).default('zh') });
export const uploadQuery = z.object({
  /** Names the file for good; sent again with the same bytes, it is kept once. Absent: made here. */
  id: z.uuid().optional(),
  note: z.string().max(500).default(''),
  name: z.string().max(120).default(''),
  /** When it was taken, ms since 1970, where it could not be sent at once. */
  doneAt: z.coerce.number().min(0).max(1e14).optional(),
});
export const downloadQuery = z.object({ size: z.enum(['whole', 'small']).default('whole') });
