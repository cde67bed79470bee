interface Span {
  from: number;
  to: number;
}

/** From so many on, the two oldest are taken for one: what lies between counts as deaf too. */
const manySpans = 32;

/**
 * When we could not hear: the server was down or stood still, intake was paused, the broker away. Supervision
 * time stands still meanwhile, so that our own fault never makes a county silent. ms since 1970.
 */
export class DeafTimes {
  readonly #spans: Span[] = [];

  /** Spans come in the order of their beginning; one that goes on where the last ended makes it longer. */
  add(from: number, to: number): void {
    const last = this.#spans.at(-1);
    if (last !== undefined && from <= last.to) last.to = Math.max(last.to, to);
    else if (to > from) this.#spans.push({ from, to });
    if (this.#spans.length <= manySpans) return;
    const [first, second] = this.#spans.splice(0, 2);
    this.#spans.unshift({ from: first!.from, to: second!.to });
  }

  /** How much of the time between was deaf, in ms. */
  between(from: number, to: number): number {
    let deaf = 0;
    for (let i = this.#spans.length - 1; i >= 0 && this.#spans[i]!.to > from; i--) {
      const span = this.#spans[i]!;
      deaf += Math.max(0, Math.min(span.to, to) - Math.max(span.from, from));
    }
    return deaf;
  }
}
