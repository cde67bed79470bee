import type { SignInRequest, WhoAmI } from '@fenghuo/contracts/rest.ts';
import type { Queryable } from '../store/queryable.ts';
import { chargeSignIn } from '../store/sql/charge-sign-in.ts';
import { clearSignInFailures } from '../store/sql/clear-sign-in-failures.ts';
import { type AccountRow, findAccount } from '../store/sql/find-account.ts';
import { accountLimit, addressLimit, chargeFailure, FailureBook, lockedForMs } from './lockout.ts';
import { hashOfNobody, verifyPassword } from './passwords.ts';
import type { Sessions } from './sessions.ts';

export type SignInOutcome = { ok: true; who: WhoAmI; token: string; maxAgeS: number } | Unproved;

/** Whose password it was, or why it opens nothing. */
export type Proof = { ok: true; account: AccountRow } | Unproved;

type Unproved =
  /** `who`: whose account it was tried at; null: there is none. */
  | { ok: false; reason: 'wrong-credentials'; who: WhoAmI | null }
  | { ok: false; reason: 'locked'; retryAfterS: number };

export interface SignInDeskOptions {
  db: Queryable;
  county: string;
  sessions: Sessions;
  clock: () => number;
}

/**
 * Signs people in. Every attempt is charged before its password is looked at and taken back when it was
 * right, so guesses made at once are counted one by one. Accounts that do not exist lock like those that do
 * and take as long, so nobody learns which names there are.
 */
export class SignInDesk {
  readonly #options: SignInDeskOptions;
  readonly #addresses = new FailureBook(addressLimit);
  readonly #unknownNames = new FailureBook(accountLimit);

  constructor(options: SignInDeskOptions) {
    this.#options = options;
  }

  async signIn(request: SignInRequest, address: string): Promise<SignInOutcome> {
    const proof = await this.prove(request, address);
    return proof.ok ? this.#welcome(proof.account) : proof;
  }

  /** Whether it is the account's password; nobody is let in by it. */
  async prove(request: SignInRequest, address: string): Promise<Proof> {
    const now = this.#options.clock();
    const addressLock = this.#addresses.lockedForMs(address, now);
    if (addressLock > 0) return locked(addressLock);
    this.#addresses.charge(address, now);
    const charged = await this.#charge(request.account, now);
    if ('lockedForMs' in charged) return locked(charged.lockedForMs);
    const { account } = charged;
    const right = await verifyPassword(account?.passwordHash ?? (await hashOfNobody()), request.password);
    if (account === null || !right)
      return { ok: false, reason: 'wrong-credentials', who: account && whoIs(account) };
    this.#addresses.refund(address);
    await clearSignInFailures(this.#options.db, account.name);
    return { ok: true, account };
  }

  async #welcome(account: AccountRow): Promise<SignInOutcome> {
    const { token, maxAgeS } = await this.#options.sessions.open(account.name, account.role);
    return { ok: true, who: whoIs(account), token, maxAgeS };
  }

  /** Charges the attempt to the name. Comes round again only when another attempt was charged in between. */
  async #charge(
    name: string,
    now: number,
  ): Promise<{ account: AccountRow | null } | { lockedForMs: number }> {
    const { db, county } = this.#options;
    for (;;) {
      const account = await findAccount(db, { county, name });
      const lock =
        account === null
          ? this.#unknownNames.lockedForMs(name, now)
          : lockedForMs(accountFailures(account), now);
      if (lock > 0) return { lockedForMs: lock };
      if (account === null) {
        this.#unknownNames.charge(name, now);
        return { account };
      }
      const next = chargeFailure(accountFailures(account), accountLimit, now);
      const lockedUntil = next.lockedUntil === null ? null : new Date(next.lockedUntil);
      const charge = { name, seen: account.failures, failures: next.failures, lockedUntil };
      if (await chargeSignIn(db, charge)) return { account };
    }
  }
}

function whoIs({ name: account, displayName: name, role, area, unit }: AccountRow): WhoAmI {
  return { account, name, role, area, ...(unit === null ? {} : { unit }) };
}

function accountFailures({ failures, lockedUntil }: AccountRow) {
  return { failures, lockedUntil: lockedUntil?.getTime() ?? null };
}

function locked(lockedForMs: number): Unproved {
  return { ok: false, reason: 'locked', retryAfterS: Math.ceil(lockedForMs / 1000) };
}
