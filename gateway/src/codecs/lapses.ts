/** Of more, the one that was reported longest ago is forgotten, and ends when its device says so. */
const mostLapses = 100_000;

/** Conditions that end by themselves, each at its time unless it is reported again before. */
export class Lapses<T> {
  readonly #due = new Map<string, { at: number; what: T }>();

  expect(key: string, at: number, what: T): void {
    this.#due.delete(key);
    this.#due.set(key, { at, what });
    if (this.#due.size > mostLapses) this.#due.delete(this.#due.keys().next().value!);
  }

  cancel(key: string): void {
    this.#due.delete(key);
  }

  /** Those whose time has come, each once. */
  take(now: number): T[] {
    const over: T[] = [];
    for (const [key, { at, what }] of this.#due) {
      if (at > now) continue;
      this.#due.delete(key);
      over.push(what);
    }
    return over;
  }
}
