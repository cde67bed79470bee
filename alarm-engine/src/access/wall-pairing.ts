import { randomBytes, randomInt } from 'node:crypto';
import type { WhoAmI } from '@fenghuo/contracts/rest.ts';
import { codeLength, codeLetters, type WallApproval, type WallCode } from '@fenghuo/contracts/walls.ts';
import { hashSecret } from '@fenghuo/gateway/admission/secrets.ts';
import type { Queryable } from '../store/queryable.ts';
import { approveWallPairing } from '../store/sql/approve-wall-pairing.ts';
import { findWallPairing } from '../store/sql/find-wall-pairing.ts';
import { insertWallPairing } from '../store/sql/insert-wall-pairing.ts';
import { pollWallPairing } from '../store/sql/poll-wall-pairing.ts';
import { takeWallPairing } from '../store/sql/take-wall-pairing.ts';
import { accountLimit, FailureBook } from './lockout.ts';
import { hashPassword, newPassword } from './passwords.ts';
import type { Sessions } from './sessions.ts';

export interface WallPairingOptions {
  db: Queryable;
  county: string;
  serverKey: Buffer;
  sessions: Sessions;
  /** Milliseconds since 1970. */
  clock: () => number;
}

const expiresInS = 600;
const intervalS = 5;
/** Pairings under way from one address: a command room with all its screens, and no flood. */
const addressLimit = 20;

export type PollOutcome =
  | { ok: true; who: WhoAmI; token: string; maxAgeS: number }
  | { ok: false; error: 'authorization_pending' | 'slow_down' | 'expired_token' };

/** A code that a person typed: what asks behind it, or why it is none. */
export type CodeOutcome =
  | { ok: true; address: string; askedAt: number }
  | { ok: false; reason: 'no-such-code' }
  | { ok: false; reason: 'locked'; retryAfterS: number };

/**
 * The device flow of RFC 8628 for walls. The code that people type has 34.5 bits and lives for 10 minutes; who types
 * wrong ones is locked like who guesses passwords (§5.1). It is good once.
 */
export class WallPairing {
  readonly #options: WallPairingOptions;
  readonly #wrongCodes = new FailureBook(accountLimit);

  constructor(options: WallPairingOptions) {
    this.#options = options;
  }

  /** Begins a pairing; null when this address has too many under way. */
  async begin(address: string): Promise<WallCode | null> {
    const { db, county, clock } = this.#options;
    const now = clock();
    const deviceCode = randomBytes(32).toString('base64url');
    const letters = Array.from({ length: codeLength }, () => codeLetters[randomInt(codeLetters.length)]).join(
      '',
    );
    const begun = await insertWallPairing(db, {
      ...{ county, address, intervalS, limit: addressLimit },
      deviceHash: this.#hash(deviceCode),
      userHash: this.#hash(letters),
      now: new Date(now),
      expiresAt: new Date(now + expiresInS * 1000),
    });
    if (!begun) return null;
    const userCode = `${letters.slice(0, 4)}-${letters.slice(4)}`;
    return { deviceCode, userCode, verificationPath: '/pair', expiresInS, intervalS };
  }

  /** A wall asks whether it was approved; then it has its session, and the code is used up. */
  async poll(deviceCode: string): Promise<PollOutcome> {
    const { db, county, clock, sessions } = this.#options;
    const deviceHash = this.#hash(deviceCode);
    const polled = await pollWallPairing(db, { county, deviceHash, now: new Date(clock()) });
    if (polled === null) return { ok: false, error: 'expired_token' };
    if (polled.tooSoon) return { ok: false, error: 'slow_down' };
    if (!polled.approved) return { ok: false, error: 'authorization_pending' };
    const wall = await takeWallPairing(db, { county, deviceHash });
    if (wall === null) return { ok: false, error: 'expired_token' };
    const opened = await sessions.open(wall.account, 'wall');
    return { ok: true, who: { ...wall, role: 'wall' }, ...opened };
  }

  /** What asks behind a code. A wrong one is charged to the account that typed it. */
  async look(code: string, account: string): Promise<CodeOutcome> {
    const { db, county, clock } = this.#options;
    const now = clock();
    const lock = this.#wrongCodes.lockedForMs(account, now);
    if (lock > 0) return { ok: false, reason: 'locked', retryAfterS: Math.ceil(lock / 1000) };
    this.#wrongCodes.charge(account, now);
    const found = await findWallPairing(db, { county, userHash: this.#hash(code), now: new Date(now) });
    if (found === null) return { ok: false, reason: 'no-such-code' };
    this.#wrongCodes.refund(account);
    return { ok: true, ...found };
  }

  /** Lets the wall in under this account of its own. False when the code is over or was used meanwhile. */
  async approve(code: string, account: string, approval: WallApproval & { by: string }): Promise<boolean> {
    const { db, county, clock } = this.#options;
    const { name, area, by: pairedBy } = approval;
    const passwordHash = await hashPassword(newPassword());
    const userHash = this.#hash(code);
    const now = new Date(clock());
    return approveWallPairing(db, { county, userHash, account, name, area, passwordHash, pairedBy, now });
  }

  #hash(code: string): Buffer {
    return hashSecret(this.#options.serverKey, `wall ${code}`);
  }
}

/** The account of a wall that is about to be paired. */
export function newWallAccount(): string {
  return `wall-${randomBytes(4).toString('hex')}`;
}
