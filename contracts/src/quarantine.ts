import { z } from 'zod';

/**
 * What could not become an event, `/api/v1/quarantine`, for administrators of the whole county.
 *
 *     GET    /quarantine                 ?{@link quarantineFilter}&before={no}&limit= → {@link quarantinePage}
 *     GET    /quarantine/{no}            → {@link quarantineMessage}
 *     POST   /quarantine/{no}/reprocess  → 202 {@link reprocessAsked}; 409 when it was with success, or waits
 *     POST   /quarantine/reprocess       {@link reprocessRequest} → 202 {@link reprocessAsked}
 *
 * Asking is an act on the record (202 `{ id, waiting: true }` when that could not be kept in time: nothing was
 * asked for, ask again); it is done by the gateway shortly after, and its outcome stands at the message.
 * A message is processed with success at most once, and one that was stored meanwhile changes nothing.
 */
export const reprocessOutcomes = [
  /** Nobody asked. */
  'untried',
  'waiting',
  /** Its events are stored. Final. */
  'stored',
  /** Understood, and nothing to store. Final. */
  'nothing',
  /** Still not understood. It may be asked for again. */
  'refused',
  /** Its sender may no longer speak for the device. It may be asked for again. */
  'not-authorised',
  /** Decoded, and set aside again by the writer: it lies here as a newer message. Final. */
  'again',
] as const;

/** Absent members select everything. `source` is the way in or the principal; `topic` a part of the topic. */
export const quarantineFilter = z.object({
  reason: z.string().max(64).optional(),
  source: z.string().max(128).optional(),
  topic: z.string().min(1).max(512).optional(),
  /** Received from, and before. Milliseconds since 1970. */
  from: z.coerce.number().min(0).max(4e12).optional(),
  to: z.coerce.number().min(0).max(4e12).optional(),
  outcome: z.enum(reprocessOutcomes).optional(),
});
export type QuarantineFilter = z.infer<typeof quarantineFilter>;

export const quarantineMessage = z.object({
  no: z.int(),
  at: z.number(),
  reason: z.string(),
  source: z.string(),
  principal: z.string().nullable(),
  topic: z.string(),
  retained: z.boolean(),
  bytesBase64: z.string(),
  detail: z.string(),
  outcome: z.enum(reprocessOutcomes),
  outcomeDetail: z.string().nullable(),
  askedBy: z.string().nullable(),
  askedAt: z.number().nullable(),
  triedAt: z.number().nullable(),
});
export type QuarantineMessage = z.infer<typeof quarantineMessage>;

/** Counts are of all that is kept, whatever the filter. */
export const quarantinePage = z.object({
  total: z.int(),
  byReason: z.record(z.string(), z.int()),
  lastDayByReason: z.record(z.string(), z.int()),
  messages: z.array(quarantineMessage),
});
export type QuarantinePage = z.infer<typeof quarantinePage>;

/** Says which, so that nobody asks for everything by leaving the filter out. */
export const reprocessRequest = quarantineFilter
  .refine((filter) => Object.values(filter).some((one) => one !== undefined), 'choose by at least one member')
  .and(z.object({ limit: z.int().min(1).max(10_000).default(1_000) }));

export const reprocessAsked = z.object({ asked: z.int() });
export type ReprocessAsked = z.infer<typeof reprocessAsked>;
