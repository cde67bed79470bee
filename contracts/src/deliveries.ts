import { z } from 'zod';
import { severities, ticketStages, unitLevels } from './words.ts';

/**
 * What people are told of a ticket, and what became of it: one delivery a person, message and channel. Times are
 * milliseconds since 1970.
 */

/**
 * Why the holder of a ticket is told: it was opened, became graver, came to them, or missed a deadline; was opened again,
 * listed for supervision, or not done with by the end of that; or nobody has visited since it was closed.
 */
export const messageKinds = [
  'opened',
  'raised',
  'handed-over',
  'deadline-missed',
  'reopened',
  'listed',
  'supervision-overdue',
  'follow-up-due',
] as const;
export type MessageKind = (typeof messageKinds)[number];

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
 * was switched off since), `person-gone`. Refused by the receiver for good: `rejected`. Troubles that another
 * attempt may end: `busy` (429, 5xx), `timeout`, `unreachable`.
 */
export const deliveryReasons = [
  'demo-data',
  'not-configured',
  'person-gone',
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
  ticket: messageTicket,
});
export type WebhookBody = z.infer<typeof webhookBody>;

export const deliveryCard = z.object({
  id: z.string(),
  kind: z.enum(messageKinds),
  at: z.number(),
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
