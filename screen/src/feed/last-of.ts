/**
 * What was known last, by name, of the newest `most` names: shown with its age while the server is away, where an element
 * that begins anew would have nothing.
 */
export class LastOf<T> {
  readonly #most: number;
  readonly #known = new Map<string, T>();

  constructor(most: number) {
    this.#most = most;
  }

  get(name: string): T | undefined {
    return this.#known.get(name);
  }

  set(name: string, value: T): void {
    this.#known.delete(name);
    this.#known.set(name, value);
    const [oldest] = this.#known.keys();
    if (this.#known.size > this.#most && oldest !== undefined) this.#known.delete(oldest);
  }
}
