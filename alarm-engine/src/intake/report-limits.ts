/** How many times in how long. */
export interface Limit {
  times: number;
  withinMs: number;
}

/** Keys remembered at once; beyond it the longest unheard is forgotten, which lets somebody in too early at worst. */
const remembered = 10_000;

/** Counts how often each key came lately. Pure but for its memory: the time is passed in. */
export class ReportLimits {
  readonly #limit: Limit;
  readonly #times = new Map<string, number[]>();

  constructor(limit: Limit) {
    this.#limit = limit;
  }

  /** Seconds to wait; 0: it may, and is counted. */
  take(key: string, now: number): number {
    const { times, withinMs } = this.#limit;
    const lately = (this.#times.get(key) ?? []).filter((at) => now - at < withinMs);
    const isFull = lately.length >= times;
    if (!isFull) lately.push(now);
    this.#times.delete(key);
    this.#times.set(key, lately);
    if (this.#times.size > remembered) this.#times.delete(this.#times.keys().next().value!);
    return isFull ? Math.ceil((lately[0]! + withinMs - now) / 1000) : 0;
  }
}
