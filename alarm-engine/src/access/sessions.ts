import { randomBytes } from 'node:crypto';
import type { WhoAmI } from '@fenghuo/contracts/rest.ts';
import type { Role } from '@fenghuo/contracts/words.ts';
import { hashSecret } from '@fenghuo/gateway/admission/secrets.ts';
import type { Queryable } from '../store/queryable.ts';
import { deleteExpiredSessions } from '../store/sql/delete-expired-sessions.ts';
import { deleteSession } from '../store/sql/delete-session.ts';
import { findSessions, type SessionRow } from '../store/sql/find-sessions.ts';
import { insertSession } from '../store/sql/insert-session.ts';
import { takeSeat } from '../store/sql/take-seat.ts';
import { touchSessions } from '../store/sql/touch-sessions.ts';

const hour = 3_600_000;
/** A session's use is written down once a minute, not with every request. */
const touchEveryMs = 60_000;

/** How long a session lives in all, and unused. A wall hangs for weeks and nobody signs it in at night. */
function sessionLifetime(role: Role): { totalMs: number; idleMs: number } {
  if (role === 'wall') return { totalMs: 30 * 24 * hour, idleMs: 30 * 24 * hour };
  return { totalMs: 7 * 24 * hour, idleMs: 12 * hour };
}

/** A session that is valid now, and who it is. */
export interface Session {
  tokenHash: Buffer;
  who: WhoAmI;
}

export interface SessionsOptions {
  db: Queryable;
  county: string;
  serverKey: Buffer;
  /** Milliseconds since 1970. */
  clock: () => number;
}

/** Sessions of people: a random 256-bit token in the cookie, its keyed hash in the table. */
export class Sessions {
  readonly #options: SessionsOptions;

  constructor(options: SessionsOptions) {
    this.#options = options;
  }

  /** Opens a session; the token is told once and never stored. */
  async open(account: string, role: Role): Promise<{ token: string; maxAgeS: number }> {
    const { db, clock } = this.#options;
    const now = clock();
    const { totalMs } = sessionLifetime(role);
    const token = randomBytes(32).toString('base64url');
    await insertSession(db, {
      tokenHash: this.#hash(token),
      account,
      createdAt: new Date(now),
      expiresAt: new Date(now + totalMs),
    });
    return { token, maxAgeS: totalMs / 1000 };
  }

  /** The session of a token; null when it is unknown, over, or its account may not sign in any more. */
  async find(token: string): Promise<Session | null> {
    const [session] = await this.recheck([this.#hash(token)], touchEveryMs);
    return session ?? null;
  }

  /**
   * Those of the sessions that are still valid, with their accounts as they are now, and noted as used when
   * the note is older than `touchAfterMs`. An open socket counts as use: a desk does not go dark at night.
   */
  async recheck(tokenHashes: Buffer[], touchAfterMs = 0): Promise<Session[]> {
    const { db, county, clock } = this.#options;
    const now = clock();
    const rows = await findSessions(db, { county, tokenHashes });
    const valid = rows.filter((row) => isValid(row, now));
    const unused = valid.filter((row) => now - row.lastUsedAt.getTime() >= touchAfterMs);
    if (unused.length > 0)
      await touchSessions(db, { tokenHashes: unused.map((row) => row.tokenHash), usedAt: new Date(now) });
    return valid.map((row) => ({ tokenHash: row.tokenHash, who: whoIs(row) }));
  }

  /** Somebody sits down at a seat, or (empty) gets up from it; their sockets say so to the others. */
  async sitDown({ tokenHash, who }: Session, seat: string): Promise<WhoAmI> {
    await takeSeat(this.#options.db, tokenHash, seat);
    const { seat: _, ...standing } = who;
    return seat === '' ? standing : { ...standing, seat };
  }

  /** Ends the session; every web process hears of it and closes its sockets. */
  close(session: Session): Promise<void> {
    return deleteSession(this.#options.db, session.tokenHash);
  }

  /** Sweeps what is over. */
  sweep(): Promise<void> {
    return deleteExpiredSessions(this.#options.db, new Date(this.#options.clock()));
  }

  #hash(token: string): Buffer {
    return hashSecret(this.#options.serverKey, token);
  }
}

function isValid(row: SessionRow, now: number): boolean {
  const { idleMs } = sessionLifetime(row.role);
  return now < row.expiresAt.getTime() && now - row.lastUsedAt.getTime() < idleMs;
}

function whoIs(row: SessionRow): WhoAmI {
  const { account, displayName: name, role, area, unit, seat } = row;
  const where = { ...(unit === null ? {} : { unit }), ...(seat === '' ? {} : { seat }) };
  return { account, name, role, area, ...where };
}
