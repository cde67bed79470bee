const shortestMs = 200;
const longestMs = 30_000;

/**
 * How long to wait before the next attempt to connect: exponential with full jitter, 0.2 s to 30 s, so that the
 * counties of a province do not come back to their broker in step. A connection that held for so long as the
 * longest wait begins anew with the shortest; one that was accepted and soon lost does not, or a broker that
 * accepts and throws out would be asked five times a second.
 */
export class ReconnectDelay {
  readonly #random: () => number;
  #attempt = 0;

  /** `random`: from 0 to below 1. */
  constructor(random: () => number) {
    this.#random = random;
  }

  /** `heldMs`: how long the connection that ended was open; 0: it never was. */
  next(heldMs: number): number {
    if (heldMs >= longestMs) this.#attempt = 0;
    const ceiling = Math.min(longestMs, shortestMs * 2 ** this.#attempt++);
    return Math.max(shortestMs, Math.round(this.#random() * ceiling));
  }
}
