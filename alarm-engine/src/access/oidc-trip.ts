import { hashSecret, sameHash } from '@fenghuo/gateway/admission/secrets.ts';
import { z } from 'zod';

/** What a browser carries to the provider and back, so that no web process has to remember it. */
const oidcTrip = z.object({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  /** View that the person wanted. */
  to: z.string(),
  /** Milliseconds since 1970. */
  endsAt: z.number(),
});
export type OidcTrip = z.infer<typeof oidcTrip>;

const cookieName = 'fenghuo_oidc';
/** How long somebody may take at the provider. */
export const longestTripS = 600;

/** Value of `Set-Cookie`. Lax: the way back begins at the provider, where a strict cookie would not be sent. */
export function writeTripCookie(serverKey: Buffer, trip: OidcTrip | null, secure: boolean): string {
  const value = trip === null ? '' : seal(serverKey, Buffer.from(JSON.stringify(trip)).toString('base64url'));
  const parts = [
    `${cookieName}=${value}`,
    'Path=/api/v1/oidc',
    `Max-Age=${trip === null ? 0 : longestTripS}`,
  ];
  return [...parts, 'HttpOnly', 'SameSite=Lax', ...(secure ? ['Secure'] : [])].join('; ');
}

/** The trip in a `Cookie` header; null when there is none, it was not sealed by us, or took too long. */
export function readTripCookie(serverKey: Buffer, header: string | undefined, now: number): OidcTrip | null {
  const value = new RegExp(`(?:^|;)\\s*${cookieName}=([\\w-]+)\\.([\\w-]+)`).exec(header ?? '');
  const [, text = '', mark = ''] = value ?? [];
  if (!sameHash(Buffer.from(mark, 'base64url'), markOf(serverKey, text))) return null;
  const trip = oidcTrip.parse(JSON.parse(Buffer.from(text, 'base64url').toString()));
  return now < trip.endsAt ? trip : null;
}

function seal(serverKey: Buffer, text: string): string {
  return `${text}.${markOf(serverKey, text).toString('base64url')}`;
}

const markOf = (serverKey: Buffer, text: string) => hashSecret(serverKey, `oidc ${text}`);
