/**
 * A map with an overlay: a batch writes into the overlay and reads through it; {@link merge} makes it the
 * truth after the commit, {@link discard} forgets it when the transaction failed. Merging costs what was
 * written, not what is held.
 */
export class LayeredMap<K, V> {
  readonly #base = new Map<K, V>();
  readonly #overlay = new Map<K, V | undefined>();

  get(key: K): V | undefined {
    return this.#overlay.has(key) ? this.#overlay.get(key) : this.#base.get(key);
  }

  set(key: K, value: V): void {
    this.#overlay.set(key, value);
  }

  delete(key: K): void {
    this.#overlay.set(key, undefined);
  }

  /** Entries as a batch sees them: the overlay over the truth. Costs what is held; not for every input. */
  *entries(): IterableIterator<[K, V]> {
    for (const [key, value] of this.#base) if (!this.#overlay.has(key)) yield [key, value];
    for (const [key, value] of [...this.#overlay]) if (value !== undefined) yield [key, value];
  }

  *values(): IterableIterator<V> {
    for (const [, value] of this.entries()) yield value;
  }

  merge(): void {
    for (const [key, value] of this.#overlay) {
      if (value === undefined) this.#base.delete(key);
      else this.#base.set(key, value);
    }
    this.#overlay.clear();
  }

  discard(): void {
    this.#overlay.clear();
  }
}
