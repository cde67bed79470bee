/** Reads one page: at most `limit` items after a place. */
type ReadPage<T> = (after: number, limit: number) => Promise<T[]>;

export interface PagesOptions<T> {
  read: ReadPage<T>;
  placeOf: (item: T) => number;
  /** Items a page. */
  size: number;
}

/** Walks a long list page by page, with the next item in sight. Waits once a page and not once an item. */
export class Pages<T> {
  readonly #options: PagesOptions<T>;
  #page: T[] = [];
  #index = 0;
  #ended = false;

  constructor(options: PagesOptions<T>) {
    this.#options = options;
  }

  /** The next item if its page is here; call {@link load} when undefined. */
  get here(): T | undefined {
    return this.#page[this.#index];
  }

  skip(): void {
    this.#index += 1;
  }

  /** The next item, from the next page if need be; undefined at the end. */
  async load(): Promise<T | undefined> {
    if (this.here !== undefined || this.#ended) return this.here;
    const { read, placeOf, size } = this.#options;
    const last = this.#page.at(-1);
    this.#page = await read(last === undefined ? Number.MIN_SAFE_INTEGER : placeOf(last), size);
    this.#index = 0;
    this.#ended = this.#page.length === 0;
    return this.here;
  }
}
