import { z } from 'zod';

/**
 * Signing in at an identity provider (OpenID Connect). A browser goes to `/oidc/start`, and comes back by
 * `/oidc/callback` to `/sign-in?by=oidc`, with the session cookie, or to `/sign-in?failed={reason}` without.
 *
 *     GET    /oidc                 → {@link oidcOffer}
 *     GET    /oidc/start?to=/wall  → 302 to the provider
 *     GET    /oidc/callback        → 302 to the sign-in page
 */
export const oidcOffer = z.object({
  /** Whether the sign-in page should offer it. */
  offered: z.boolean(),
});

/**
 * Why nobody came in: the provider does not answer; it refused, or its answer is not what was asked for; it gives the
 * person no role or area here; another account has their name; the account is disabled.
 */
export const oidcFailures = [
  'provider-away',
  'refused',
  'no-role',
  'no-area',
  'name-taken',
  'disabled',
] as const;
export type OidcFailure = (typeof oidcFailures)[number];
