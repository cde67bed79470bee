import { z } from 'zod';

/**
 * Tokens by which programs call the REST interface: `Authorization: Bearer {token}`, without cookie and without
 * `X-Fenghuo`. With the right `live` it opens the socket too, by the same header or as `auth: { token }` of a socket.io client;
 * revoked, the socket ends. A token may do what it was given, as long as the account that issued it may do so too.
 *
 *     GET    /api-tokens                → {@link apiTokenList}
 *     POST   /api-tokens                {@link apiTokenRequest} → 201 {@link issuedApiToken}, told this once
 *     POST   /api-tokens/{name}/revoke  → 204; it is refused from its next request on, and its sockets end
 */
export const apiTokenRequest = z.strictObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'lower-case letters, digits and hyphens, at most 40'),
  /** Area prefix that it reads and acts in, inside of the issuer's. */
  area: z.string().regex(/^\d{6,12}(-\d{2,3})?$/, 'the code of an area'),
  /** Rights of the issuer, such as `live`; `GET /api-tokens` lists which. */
  rights: z.array(z.string().max(64)).min(1).max(64),
  /** Days until it ends by itself. */
  days: z.int().min(1).max(366).default(90),
});
export type ApiTokenRequest = z.infer<typeof apiTokenRequest>;

export const issuedApiToken = z.object({ name: z.string(), token: z.string(), expiresAt: z.number() });
export type IssuedApiToken = z.infer<typeof issuedApiToken>;

export const apiTokenList = z.object({
  tokens: z.array(
    z.object({
      name: z.string(),
      area: z.string(),
      rights: z.array(z.string()),
      issuedBy: z.string(),
      issuedAt: z.number(),
      expiresAt: z.number(),
      lastUsedAt: z.number().nullable(),
      revokedAt: z.number().nullable(),
    }),
  ),
  /** Rights that the asker can give to a token of their whole area. */
  grantable: z.array(z.string()),
});
export type ApiTokenList = z.infer<typeof apiTokenList>;
