/** Wrong passwords for one account before it is locked for a while. */
export const accountLimit = 5;
/** Wrong passwords from one address: a whole command room may sit behind one. */
export const addressLimit = 20;

const firstLockMs = 30_000;
const longestLockMs = 15 * 60_000;
/** Names and addresses remembered at once; at the bound the one longest unheard is forgotten. */
const bookSize = 10_000;

/** How long the failure with this number locks: half a minute at the limit, doubling, 15 minutes at most. */
export function lockMs(failures: number, limit: number): number {
  return failures < limit ? 0 : Math.min(firstLockMs * 2 ** (failures - limit), longestLockMs);
}

/** What is known of the failures of one account, name or address. Times are milliseconds since 1970. */
export interface Failures {
  failures: number;
  lockedUntil: number | null;
}

/** The failures after one more. Pure. */
export function chargeFailure(before: Failures, limit: number, now: number): Failures {
  const failures = before.failures + 1;
  const lock = lockMs(failures, limit);
  return { failures, lockedUntil: lock === 0 ? null : now + lock };
}

/** Milliseconds until the lock opens; 0 when it is open. */
export function lockedForMs(known: Failures, now: number): number {
  return Math.max(0, (known.lockedUntil ?? 0) - now);
}

/**
 * Failures that no account's row can hold: those of addresses, and of names that nobody has. Bounded, in
 * memory; forgotten with the process and after an hour without a failure.
 */
export class FailureBook {
  readonly #limit: number;
  readonly #entries = new Map<string, Failures & { lastAt: number }>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  lockedForMs(key: string, now: number): number {
    const entry = this.#entries.get(key);
    return entry === undefined ? 0 : lockedForMs(entry, now);
  }

  charge(key: string, now: number): void {
    const known = this.#entries.get(key);
    const before = known !== undefined && now - known.lastAt < 3_600_000 ? known : none;
    this.#entries.delete(key);
    this.#entries.set(key, { ...chargeFailure(before, this.#limit, now), lastAt: now });
    if (this.#entries.size > bookSize) this.#entries.delete(this.#entries.keys().next().value!);
  }

  /** Takes the charge of an attempt back that turned out right. Earlier failures stay counted. */
  refund(key: string): void {
    const known = this.#entries.get(key);
    if (known === undefined) return;
    const failures = known.failures - 1;
    if (failures <= 0) this.#entries.delete(key);
    else this.#entries.set(key, { ...known, failures, lockedUntil: null });
  }
}

const none: Failures = { failures: 0, lockedUntil: null };
