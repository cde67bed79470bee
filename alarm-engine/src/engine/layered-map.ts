/**
 * A map with an overlay: a batch writes into the overlay and reads through it. {@link seal} lets the next batch
 * build on it while its commit is under way, {@link settle} makes it the truth after the commit, {@link revert} takes
 * it back; {@link discard} forgets what was not sealed. All of it costs what was written, not what is held.
 */
export class LayeredMap<K, V> {
  readonly #base = new Map<K, V>();
  readonly #overlay = new Map<K, V | undefined>();
  /** What the sealed batch replaced in the base. */
  #replaced: Map<K, V | undefined> | null = null;

  get(key: K): V | undefined {
    if (this.#overlay.size > 0 && this.#overlay.has(key)) return this.#overlay.get(key);
    return this.#base.get(key);
  }

  /** As the batch found it. */
  before(key: K): V | undefined {
    return this.#base.get(key);
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

  *keys(): IterableIterator<K> {
    for (const [key] of this.entries()) yield key;
  }

  *values(): IterableIterator<V> {
    for (const [, value] of this.entries()) yield value;
  }

  /** One batch at a time is sealed: settle or revert it before the next. */
  seal(): void {
    if (this.#overlay.size === 0) return;
    this.#replaced = new Map();
    for (const [key, value] of this.#overlay) {
      this.#replaced.set(key, this.#base.get(key));
      this.#put(key, value);
    }
    this.#overlay.clear();
  }

  settle(): void {
    this.#replaced = null;
  }

  /** Also forgets what a later batch wrote on top of it. */
  revert(): void {
    this.#overlay.clear();
    for (const [key, value] of this.#replaced ?? []) this.#put(key, value);
    this.#replaced = null;
  }

  discard(): void {
    this.#overlay.clear();
  }

  #put(key: K, value: V | undefined): void {
    if (value === undefined) this.#base.delete(key);
    else this.#base.set(key, value);
  }
}
