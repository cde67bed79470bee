import { TokenBucket } from './rate-limit.ts';

export interface FailureGateOptions {
  /** Failed attempts that an address may make at once, and how many a second after that. */
  burst: number;
  perSecond: number;
  /** Addresses followed, and names remembered, at most. */
  most: number;
}

const defaults: FailureGateOptions = { burst: 200, perSecond: 10, most: 50_000 };

/**
 * Keeps who guesses from keeping the directory busy: an address that has failed more often than its allowance is
 * turned away without a question, until the allowance has grown again. Who was let in before is not: behind one
 * address there may be a whole town, and one device gone mad in it must not keep the others out.
 */
export class FailureGate {
  readonly #options: FailureGateOptions;
  readonly #failed = new Map<string, TokenBucket>();
  readonly #letIn = new Set<string>();

  constructor(options: Partial<FailureGateOptions> = {}) {
    this.#options = { ...defaults, ...options };
  }

  /** Addresses that have failed lately. */
  get followed(): number {
    return this.#failed.size;
  }

  /** False: turn it away. `address` is asked only when somebody failed lately. */
  mayTry(address: () => string, username: string, now: number): boolean {
    if (this.#failed.size === 0 || this.#letIn.has(username)) return true;
    const bucket = this.#failed.get(networkOf(address()));
    return bucket === undefined || bucket.waitMs(now) === 0;
  }

  failed(address: string, now: number): void {
    const { burst, perSecond } = this.#options;
    const network = networkOf(address);
    const bucket = this.#failed.get(network) ?? new TokenBucket({ name: 'failures', perSecond, burst }, now);
    bucket.waitMs(now);
    bucket.spend(0);
    keep(this.#failed, network, bucket, this.#options.most);
  }

  letIn(username: string): void {
    if (this.#letIn.has(username)) return;
    this.#letIn.add(username);
    if (this.#letIn.size > this.#options.most) this.#letIn.delete(this.#letIn.keys().next().value!);
  }

  /** Forgets addresses that have their whole allowance again. */
  sweep(now: number): void {
    for (const [network, bucket] of this.#failed) if (bucket.isFull(now)) this.#failed.delete(network);
  }
}

/** Somebody with IPv6 has 2⁶⁴ addresses, which count as one. */
function networkOf(address: string): string {
  return address.includes('.') ? address : address.split(':', 4).join(':');
}

/** The oldest makes room. */
function keep<V>(map: Map<string, V>, key: string, value: V, most: number): void {
  map.set(key, value);
  if (map.size > most) map.delete(map.keys().next().value!);
}
