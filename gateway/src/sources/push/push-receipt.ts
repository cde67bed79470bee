import type { Origin } from '../../delivery.ts';

/** What a request waits for: that all the messages of its body are stored. */
export class PushReceipt implements Origin {
  /** One more than there are messages under way, until {@link sealed}. */
  #waiting = 1;
  readonly #done = Promise.withResolvers<void>();

  /** A message was queued with this receipt. */
  queued(): void {
    this.#waiting++;
  }

  stored(): void {
    this.#waiting--;
    if (this.#waiting === 0) this.#done.resolve();
  }

  /** No message follows. True once all are stored, false when that takes longer than `ms`. */
  async sealed(ms: number): Promise<boolean> {
    this.stored();
    const { promise: late, resolve } = Promise.withResolvers<false>();
    const timer = setTimeout(resolve, ms, false);
    try {
      return await Promise.race([this.#done.promise.then(() => true), late]);
    } finally {
      clearTimeout(timer);
    }
  }
}
