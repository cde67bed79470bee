import type { OidcFailure } from '@fenghuo/contracts/oidc.ts';
import * as client from 'openid-client';
import type { Logger } from 'pino';
import type { Queryable } from '../store/queryable.ts';
import { keepIdentity } from '../store/sql/keep-identity.ts';
import { listAreaNames } from '../store/sql/list-area-names.ts';
import { type ClaimMap, readClaims, type VouchedFor } from './oidc-claims.ts';
import { longestTripS, type OidcTrip } from './oidc-trip.ts';
import { hashPassword, newPassword } from './passwords.ts';
import type { Sessions } from './sessions.ts';

/** A provider, and what we are to it. */
export interface OidcProvider {
  issuer: string;
  clientId: string;
  /** Null: a public client; PKCE guards the code either way. */
  clientSecret: string | null;
  /** Origin under which browsers reach us; the provider must know its `/api/v1/oidc/callback`. */
  publicUrl: string;
  scope: string;
  claims: ClaimMap;
}

export interface OidcOptions {
  db: Queryable;
  county: string;
  sessions: Sessions;
  provider: OidcProvider;
  /** Milliseconds since 1970. */
  clock: () => number;
  log: Logger;
}

export type OidcOutcome = { ok: true; token: string; maxAgeS: number } | { ok: false; reason: OidcFailure };

const callbackPath = '/api/v1/oidc/callback';
/** Seconds. */
const answerWithinS = 10;

/**
 * Sign-in by OpenID Connect: authorization code with PKCE, state and nonce. A person is known by issuer and subject, and
 * has an account of their own that no password opens; role and area follow the provider's claims at each sign-in.
 */
export class OidcDesk {
  readonly #options: OidcOptions;
  #known: Promise<client.Configuration> | null = null;

  constructor(options: OidcOptions) {
    this.#options = options;
  }

  /** Where to send the browser, and what it carries there and back. Null when the provider does not answer. */
  async begin(to: string): Promise<{ url: string; trip: OidcTrip } | null> {
    const { provider, clock, log } = this.#options;
    try {
      const known = await this.#discover();
      const [state, nonce, verifier] = [
        client.randomState(),
        client.randomNonce(),
        client.randomPKCECodeVerifier(),
      ];
      const url = client.buildAuthorizationUrl(known, {
        redirect_uri: provider.publicUrl + callbackPath,
        scope: provider.scope,
        ...{ state, nonce, code_challenge_method: 'S256' },
        code_challenge: await client.calculatePKCECodeChallenge(verifier),
      });
      const endsAt = clock() + longestTripS * 1000;
      return { url: url.href, trip: { state, nonce, verifier, to, endsAt } };
    } catch (error) {
      log.warn({ err: error }, 'the identity provider does not answer');
      return null;
    }
  }

  /** The browser is back, at this path with the provider's answer. */
  async finish(path: string, trip: OidcTrip): Promise<OidcOutcome> {
    const { county, provider, log } = this.#options;
    let claims: Record<string, unknown>;
    try {
      claims = await this.#claimsOf(new URL(path, provider.publicUrl), trip);
    } catch (error) {
      log.warn({ err: error }, 'a sign-in at the identity provider came to nothing');
      return { ok: false, reason: 'refused' };
    }
    const read = readClaims(claims, provider.claims, county);
    if (!read.ok) return read;
    return this.#welcome(`${claims.iss} ${claims.sub}`, read.person);
  }

  /** What the provider says of the person: in the ID token, and where it has one, at its user info endpoint. */
  async #claimsOf(url: URL, { state, nonce, verifier }: OidcTrip): Promise<Record<string, unknown>> {
    const known = await this.#discover();
    const tokens = await client.authorizationCodeGrant(known, url, {
      pkceCodeVerifier: verifier,
      expectedState: state,
      expectedNonce: nonce,
      idTokenExpected: true,
    });
    const claims = tokens.claims();
    if (claims === undefined) throw new Error('the provider sent no ID token');
    if (known.serverMetadata().userinfo_endpoint === undefined) return claims;
    const more = await client.fetchUserInfo(known, tokens.access_token, claims.sub);
    return { ...more, ...claims };
  }

  async #welcome(identity: string, person: VouchedFor): Promise<OidcOutcome> {
    const { db, county, sessions } = this.#options;
    const [found] = await listAreaNames(db, { county, area: person.area, areaPattern: '' });
    if (found === undefined) return { ok: false, reason: 'no-area' };
    const passwordHash = await hashPassword(newPassword());
    const kept = await keepIdentity(db, { county, identity, passwordHash, ...person }).catch(nameTaken);
    if (kept === 'name-taken') return { ok: false, reason: kept };
    if (kept === null) return { ok: false, reason: 'disabled' };
    return { ok: true, ...(await sessions.open(kept.account, person.role)) };
  }

  /** What the provider publishes of itself; asked for once, and again after it did not answer. */
  #discover(): Promise<client.Configuration> {
    const { issuer, clientId, clientSecret } = this.#options.provider;
    const server = new URL(issuer);
    const authentication = clientSecret === null ? client.None() : client.ClientSecretBasic(clientSecret);
    this.#known ??= client.discovery(server, clientId, {}, authentication, {
      timeout: answerWithinS,
      execute: server.protocol === 'http:' ? [client.allowInsecureRequests] : [],
    });
    this.#known.catch(() => {
      this.#known = null;
    });
    return this.#known;
  }
}

function nameTaken(error: unknown): 'name-taken' {
  if ((error as { code?: unknown }).code !== '23505') throw error;
  return 'name-taken';
}
