import { z } from 'zod';

/**
 * The record of acts and automatic decisions, `/api/v1/audit`, for auditors, as far as it concerns their area.
 *
 *     GET    /audit             ?{@link auditFilter}&before={no}&limit= → {@link auditPage}, newest first
 *     GET    /audit/head        → {@link auditHead}: where the record ends, to be kept elsewhere
 *     POST   /audit/{no}/erase  {@link eraseRequest} → 204; what the row says of a person is gone, the row stands
 *
 * Erasing is an administrator's act, itself on the record.
 */
export const auditFilter = z.object({
  subject: z.string().min(1).max(128).optional(),
  actor: z.string().min(1).max(64).optional(),
  act: z.string().min(1).max(64).optional(),
  /** Engine time from, and before. Milliseconds since 1970. */
  from: z.coerce.number().min(0).max(4e12).optional(),
  to: z.coerce.number().min(0).max(4e12).optional(),
});
export type AuditFilter = z.infer<typeof auditFilter>;

export const auditItem = z.object({
  no: z.int(),
  at: z.number(),
  /** Account, or `engine` for what was decided by itself; so with the role. */
  actor: z.string(),
  role: z.string(),
  seat: z.string(),
  act: z.string(),
  subject: z.string(),
  area: z.string(),
  run: z.string().nullable(),
  reason: z.string(),
  /** Before and after, and what else belongs to the act. */
  detail: z.record(z.string(), z.unknown()),
  /** What it says of a person: `masked` for who may not read personal data, `erased` when it was taken out. */
  personal: z.enum(['none', 'kept', 'masked', 'erased']),
  person: z.record(z.string(), z.unknown()).nullable(),
});
export type AuditItem = z.infer<typeof auditItem>;

/** `next` is the `before` of the page after, null at the end. */
export const auditPage = z.object({ items: z.array(auditItem), next: z.int().nullable() });
export type AuditPage = z.infer<typeof auditPage>;

/** Number and digest of the last link; null when nothing is on the record yet. */
export const auditHead = z.object({
  county: z.string(),
  head: z.object({ no: z.int(), digest: z.string(), at: z.number() }).nullable(),
});
export type AuditHeadAnswer = z.infer<typeof auditHead>;

export const eraseRequest = z.object({ reason: z.string().min(1).max(500) });
