import { z } from 'zod';
import { roles } from './words.ts';

/**
 * Accounts of people, below `/api/v1`, for administrators of the whole county. Each act goes on the record before it is
 * done; what changes what somebody may do ends their sessions. Accounts that an identity provider vouches for get role and
 * area from it, and have no password here.
 *
 *     GET  /accounts                        → {@link accountList}
 *     POST /accounts                        {@link accountToCreate} → {@link issuedPassword}; 409 when the name is taken
 *     PUT  /accounts/{name}                 {@link accountChange} → 204
 *     POST /accounts/{name}/disable|enable  → 204; nobody disables themselves
 *     POST /accounts/{name}/password        → {@link issuedPassword}: a new one, the old one opens nothing
 *     PUT  /session/password                {@link ownPasswordChange} → 204, by anybody for themselves; their other sessions end
 */
const area = z.string().regex(/^\d{6,12}(-\d{2,3})?$/, 'the code of an area');
const displayName = z.string().trim().min(1).max(64);
const unit = z.string().max(64).nullable().default(null);

export const accountLine = z.object({
  name: z.string(),
  displayName: z.string(),
  role: z.enum(roles),
  area: z.string(),
  unit: z.string().nullable(),
  disabled: z.boolean(),
  /** Until when too many wrong passwords keep it locked, ms since 1970; null: it is not. */
  lockedUntil: z.number().nullable(),
  /** An identity provider vouches for it. */
  vouched: z.boolean(),
  createdAt: z.number(),
  lastUsedAt: z.number().nullable(),
});
export type AccountLine = z.infer<typeof accountLine>;

export const accountList = z.object({ accounts: z.array(accountLine) });
export type AccountList = z.infer<typeof accountList>;

export const accountToCreate = z.strictObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9._-]{1,31}$/, 'small letters, digits and ._-, 2 to 32 of them'),
  displayName,
  role: z.enum(roles),
  area,
  unit,
});
export type AccountToCreate = z.infer<typeof accountToCreate>;

export const accountChange = z.strictObject({ displayName, role: z.enum(roles), area, unit });
export type AccountChange = z.infer<typeof accountChange>;

/** Length is what counts: a sentence may be one. */
export const shortestPassword = 10;
export const ownPasswordChange = z.strictObject({
  before: z.string().min(1).max(256),
  after: z.string().min(shortestPassword).max(256),
});

/** Told this once, and stored nowhere. */
export const issuedPassword = z.object({ name: z.string(), password: z.string() });
