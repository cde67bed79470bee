/** Rates a second of two counters that only grow, over the time since the last reading. */
export class RateMeter {
  #events = 0;
  #heartbeats = 0;
  #at = 0;

  /** `now` is monotonic milliseconds. */
  read(
    events: number,
    heartbeats: number,
    now: number,
  ): { eventsPerSecond: number; heartbeatsPerSecond: number } {
    const seconds = Math.max(0.001, (now - this.#at) / 1000);
    const rates = {
      eventsPerSecond: (events - this.#events) / seconds,
      heartbeatsPerSecond: (heartbeats - this.#heartbeats) / seconds,
    };
    [this.#events, this.#heartbeats, this.#at] = [events, heartbeats, now];
    return rates;
  }
}
