import { z } from 'zod';

/**
 * The rulebook over REST, below `/api/v1`:
 *
 *     GET  /rulebook               → {@link rulebookInForce}
 *     GET  /rulebook/versions      → {@link rulebookVersions}, newest first, of ?before={version}&limit=
 *     GET  /rulebook/versions/{version} → {@link rulebookVersion} with its text
 *     POST /rulebook/check         {@link rulebookToCheck} → {@link rulebookCheck}; changes nothing
 *     POST /rulebook/backtest      see `backtest.ts`
 *     PUT  /rulebook               {@link rulebookToPut} → CommandAnswer (200 in force, 409 refused), or 422
 *                                  {@link rulebookCheck} when it is faulty
 */
export const rulebookFault = z.object({
  /** Both from 1. */
  line: z.int(),
  column: z.int(),
  /** Such as `rules.3.severity`. */
  path: z.string(),
  message: z.object({ zh: z.string(), en: z.string() }),
});
export type RulebookFault = z.infer<typeof rulebookFault>;

/** Characters of a rulebook, at most. */
export const longestRulebook = 512 * 1024;
const text = z.string().max(longestRulebook);

export const rulebookToCheck = z.strictObject({ text });
export const rulebookCheck = z.object({ errors: z.array(rulebookFault) });
export type RulebookCheck = z.infer<typeof rulebookCheck>;

export const rulebookToPut = z.strictObject({
  id: z.uuid(),
  seat: z.string().max(64).default(''),
  reason: z.string().min(1).max(500),
  text,
  /** Version that the author began from: of two revisions of one version the first wins. */
  basedOn: z.int().min(0),
});

const version = z.object({
  /** 0: the one that the house comes with. */
  version: z.int(),
  /** SHA-256 of its text, hexadecimal. */
  digest: z.string(),
  /** Account, `file`, or `house`. */
  author: z.string(),
  reason: z.string(),
  /** Engine ms. */
  at: z.number(),
});

export const rulebookVersion = version.extend({ text: z.string() });
export type RulebookVersion = z.infer<typeof rulebookVersion>;
export const rulebookVersions = z.object({ versions: z.array(version) });
export type RulebookVersions = z.infer<typeof rulebookVersions>;

/** The file on disk as it was last seen: a faulty one is not in force, and says why. */
export const rulebookFile = z.object({
  path: z.string(),
  seenAt: z.number(),
  errors: z.array(rulebookFault),
});
export type RulebookFile = z.infer<typeof rulebookFile>;

export const rulebookInForce = rulebookVersion.extend({ file: rulebookFile.nullable() });
export type RulebookInForce = z.infer<typeof rulebookInForce>;
