import { z } from 'zod';
import { severities, ticketStages, unitLevels, type Words } from './words.ts';

/**
 * What people are told of a ticket or a drill, and what became of it: one delivery a person, message and channel. Times
 * are milliseconds since 1970.
 */

/**
 * Why a unit is told of a ticket. The holder: it was opened, became graver, came to them, missed a deadline, nobody looks at
 * its alarms; it was opened again, listed for supervision, or not done with by the end of that; nobody has visited since it
 * was closed. Who is above: it is late, or a team must be found by hand. Both ends of a transfer 转派. Whom somebody chases 催办. A unit beside the
 * holder: it is called, it is needed no longer. `broadcast`: of no ticket, or of one that all of a level are to know of.
 */
export const messageKinds = [
  'opened',
  'raised',
  'handed-over',
  'deadline-missed',
  'unacknowledged',
  'escalated',
  'proposal-needed',
  'transferred',
  'chased',
  'called',
  'released',
  'reopened',
  'listed',
  'supervision-overdue',
  'follow-up-due',
  'broadcast',
] as const;
export type MessageKind = (typeof messageKinds)[number];

/** What who takes part in a drill is told of it. */
export const drillMessageKinds = ['drill-started', 'drill-ended'] as const;
export type DrillMessageKind = (typeof drillMessageKinds)[number];

/** Messages as people read them in a list. */
export const messageWords: Record<MessageKind, Words> = {
  opened: { zh: '新工单', en: 'New ticket' },
  raised: { zh: '风险升级', en: 'Became graver' },
  'handed-over': { zh: '流转到本单位', en: 'Handed over to you' },
  'deadline-missed': { zh: '已超时', en: 'Deadline missed' },
  unacknowledged: { zh: '告警无人确认', en: 'Alarms that nobody acknowledged' },
  escalated: { zh: '超时上报', en: 'Escalated to you' },
  'proposal-needed': { zh: '无队伍可派', en: 'No team to send' },
  transferred: { zh: '转派', en: 'Transferred' },
  chased: { zh: '催办', en: 'Chased' },
  called: { zh: '请求到场', en: 'Called to the case' },
  released: { zh: '解除任务', en: 'Released from the case' },
  reopened: { zh: '重新打开', en: 'Opened again' },
  listed: { zh: '挂牌督办', en: 'Listed for supervision' },
  'supervision-overdue': { zh: '督办逾期', en: 'Supervision overdue' },
  'follow-up-due': { zh: '待回访', en: 'Visit due' },
  broadcast: { zh: '通播', en: 'Broadcast' },
};

/**
 * `inbox`: what a person reads in the house itself; delivered once it is written. `webhook`: posted to an address
 * outside, which sends it on (SMS, voice, chat).
 */
export const channels = ['inbox', 'webhook'] as const;
export type Channel = (typeof channels)[number];

export const deliveryStates = ['waiting', 'sent', 'failed', 'refused'] as const;
export type DeliveryState = (typeof deliveryStates)[number];

/**
 * Refused by us: `demo-data` (invented people are told nothing outside of the house), `not-configured` (the channel
 * was switched off since), `person-gone`, `no-participant` (of a drill that they take no part in), `drill-over`. Refused by the receiver for good: `rejected`. Troubles that another
 * attempt may end: `busy` (429, 5xx), `timeout`, `unreachable`.
 */
export const deliveryReasons = [
  'demo-data',
  'not-configured',
  'person-gone',
  'no-participant',
  'drill-over',
  'rejected',
  'busy',
  'timeout',
  'unreachable',
] as const;
export type DeliveryReason = (typeof deliveryReasons)[number];

const words = z.object({ zh: z.string(), en: z.string() });

/** The ticket as it was when its holder was told. */
export const messageTicket = z.object({
  id: z.string(),
  /** Drill that it belongs to, whose titles begin with 【演练】 and DRILL; null: it is real. */
  run: z.string().nullable(),
  incident: z.string(),
  caseCode: z.string(),
  severity: z.enum(severities),
  title: words,
  place: words,
  area: z.string(),
  stage: z.enum(ticketStages),
  holder: z.string(),
  holderLevel: z.enum(unitLevels),
  due: z.object({ stage: z.enum(ticketStages), at: z.number() }).nullable(),
});
export type MessageTicket = z.infer<typeof messageTicket>;

/**
 * Body of the POST of channel `webhook`. `Idempotency-Key` is `id`, the same at every attempt;
 * `X-Fenghuo-Signature` is `sha256=` and the hex HMAC-SHA-256 of the body under the shared secret.
 */
export const webhookBody = z.object({
  id: z.string(),
  kind: z.enum(messageKinds),
  at: z.number(),
  person: z.object({ id: z.string(), name: z.string(), phone: z.string() }),
  /** Unit that is told; the person may be of one above it, where nobody of it is on duty. */
  unit: z.string(),
  /** What else is to be said of it, such as why it comes to this unit; null: nothing. */
  note: words.nullable(),
  /** Drill that it belongs to; null: it is real. */
  run: z.string().nullable(),
  /** Null: a broadcast of no ticket; what it says is the note. */
  ticket: messageTicket.nullable(),
});
export type WebhookBody = z.infer<typeof webhookBody>;

/** A drill, for who takes part in it. */
export const messageDrill = z.object({
  /** Begins with 【演练】 and DRILL. */
  title: words,
  /** Account of who ordered it. */
  startedBy: z.string(),
});
export type MessageDrill = z.infer<typeof messageDrill>;

/** Body of the POST of channel `webhook` of a drill that begins or ends, signed and keyed as {@link webhookBody}. */
export const drillBody = webhookBody.omit({ kind: true, note: true, ticket: true }).extend({
  kind: z.enum(drillMessageKinds),
  run: z.string(),
  drill: messageDrill,
});
export type DrillBody = z.infer<typeof drillBody>;

export const deliveryCard = z.object({
  id: z.string(),
  kind: z.enum(messageKinds),
  at: z.number(),
  /** Unit that was told, and what was said beside the ticket. Of messages from before there were notes: null. */
  unit: z.string().nullable(),
  note: words.nullable(),
  /** Masked for roles that may not read personal data; null when the roster does not know them any more. */
  person: z.object({ name: z.string(), phone: z.string() }).nullable(),
  channel: z.enum(channels),
  state: z.enum(deliveryStates),
  /** Why it failed or was refused; while it waits, why the last attempt failed. */
  reason: z.enum(deliveryReasons).nullable(),
  attempts: z.int(),
  triedAt: z.number().nullable(),
  settledAt: z.number().nullable(),
});
export type DeliveryCard = z.infer<typeof deliveryCard>;

/** What was told of an incident, the oldest first. */
export const deliveryList = z.object({ deliveries: z.array(deliveryCard) });
export type DeliveryList = z.infer<typeof deliveryList>;
