import type { PrincipalKind } from './principals.ts';

/**
 * How fast one connection may publish. Above it the endpoint reads on more slowly; nothing is dropped. A
 * message costs 1, and 1 more for each full {@link bytesPerToken} of its packet.
 */
export interface RatePolicy {
  readonly name: string;
  readonly perSecond: number;
  /** What may come at once after a rest, such as a spool that is emptied. */
  readonly burst: number;
}

export const bytesPerToken = 4096;

/**
 * A detector speaks a few times an hour and a camera a few times a second, so 100/s is a device gone mad. A
 * bridge or tester may carry a county: 170,000 detectors that speak at once are through in seconds. A carrier's
 * cloud is told to come again (429) instead of being read slowly; it sends a message a request. A transmitter of a
 * building's fire system speaks for a few thousand components over one line.
 */
export const ratePolicies: Record<PrincipalKind, RatePolicy> = {
  device: { name: 'one-device', perSecond: 100, burst: 1_000 },
  bridge: { name: 'many-devices', perSecond: 50_000, burst: 100_000 },
  tester: { name: 'drill', perSecond: 50_000, burst: 100_000 },
  session: { name: 'broker', perSecond: 500_000, burst: 500_000 },
  carrier: { name: 'carrier', perSecond: 5_000, burst: 20_000 },
  transmitter: { name: 'transmitter', perSecond: 200, burst: 2_000 },
};

/** A bucket that fills at the policy's rate. A message passes while there is one token, and may overdraw it. */
export class TokenBucket {
  readonly #policy: RatePolicy;
  #tokens: number;
  #filledAt: number;

  /** `now`: a clock in ms that only runs forward. */
  constructor(policy: RatePolicy, now: number) {
    this.#policy = policy;
    this.#tokens = policy.burst;
    this.#filledAt = now;
  }

  get policyName(): string {
    return this.#policy.name;
  }

  /** Milliseconds until the next message may pass; 0: now. */
  waitMs(now: number): number {
    const gained = ((now - this.#filledAt) / 1000) * this.#policy.perSecond;
    this.#tokens = Math.min(this.#policy.burst, this.#tokens + gained);
    this.#filledAt = now;
    return this.#tokens >= 1 ? 0 : Math.ceil(((1 - this.#tokens) / this.#policy.perSecond) * 1000);
  }

  /** Nothing was taken from it for so long that it might as well be a new one. */
  isFull(now: number): boolean {
    this.waitMs(now);
    return this.#tokens >= this.#policy.burst;
  }

  spend(packetBytes: number): void {
    this.#tokens -= 1 + Math.floor(packetBytes / bytesPerToken);
  }
}
