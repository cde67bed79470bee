import { randomBytes } from 'node:crypto';
import type { ApiTokenRequest, IssuedApiToken } from '@fenghuo/contracts/api-tokens.ts';
import { hashSecret } from '@fenghuo/gateway/admission/secrets.ts';
import type { Queryable } from '../store/queryable.ts';
import { type ApiTokenRow, findApiTokens } from '../store/sql/find-api-tokens.ts';
import { insertApiToken } from '../store/sql/insert-api-token.ts';
import { touchApiToken } from '../store/sql/touch-api-token.ts';
import { mayGive } from './area-scope.ts';
import type { Session } from './sessions.ts';

export interface ApiTokensOptions {
  db: Queryable;
  county: string;
  serverKey: Buffer;
  /** Milliseconds since 1970. */
  clock: () => number;
}

const dayMs = 24 * 3_600_000;
/** Use is written down once a minute. */
const touchEveryMs = 60_000;
/** Tells a token that leaked into a log or a repository for what it is. */
const prefix = 'fenghuo_';

/** The token of an `Authorization` header; null when it is not of the scheme Bearer (RFC 6750 §2.1). */
export function readBearer(header: string | undefined): string | null {
  return /^bearer +(.+)$/i.exec(header ?? '')?.[1]?.trim() ?? null;
}

/** Tokens of programs: 256 random bits, told once, their keyed hash in the table. */
export class ApiTokens {
  readonly #options: ApiTokensOptions;

  constructor(options: ApiTokensOptions) {
    this.#options = options;
  }

  /** Issues a token; null when one of this name stands. That the issuer may give these rights is asked before. */
  async issue(wish: ApiTokenRequest, account: string): Promise<IssuedApiToken | null> {
    const { db, county, clock } = this.#options;
    const now = clock();
    const { name, area, rights } = wish;
    const token = prefix + randomBytes(32).toString('base64url');
    const expiresAt = now + wish.days * dayMs;
    const kept = { county, name, account, area, rights, tokenHash: this.#hash(token) };
    const stored = await insertApiToken(db, { ...kept, now: new Date(now), expiresAt: new Date(expiresAt) });
    return stored ? { name, token, expiresAt } : null;
  }

  /** Who calls by this token: never more than the account that issued it is now. Null when it opens nothing. */
  async find(token: string): Promise<Session | null> {
    const [session] = await this.recheck([this.#hash(token)]);
    return session ?? null;
  }

  /** Those of the tokens that still open something, with who calls by them now. An open socket counts as use. */
  async recheck(tokenHashes: readonly Buffer[]): Promise<Session[]> {
    const { db, county, clock } = this.#options;
    const now = clock();
    const rows = await findApiTokens(db, { county, tokenHashes });
    const valid = rows.filter((row) => this.#isValid(row, now));
    for (const { name, lastUsedAt } of valid)
      if (now - (lastUsedAt?.getTime() ?? 0) >= touchEveryMs)
        await touchApiToken(db, { county, name, usedAt: new Date(now) });
    return valid.map(({ tokenHash, name, role, area, rights }) => ({
      tokenHash,
      who: { account: `token:${name}`, name, role, area, rights },
    }));
  }

  #isValid({ expiresAt, accountArea, area }: ApiTokenRow, now: number): boolean {
    const { county } = this.#options;
    return now < expiresAt.getTime() && mayGive({ county, area: accountArea }, area);
  }

  #hash(token: string): Buffer {
    return hashSecret(this.#options.serverKey, token);
  }
}
