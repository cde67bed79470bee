import { readFile } from 'node:fs/promises';
import type { AreaIndex } from '@fenghuo/contracts/safety-index.ts';
import type { Logger } from 'pino';
import type { BookError } from '../rules/book-text.ts';
import type { Queryable } from '../store/queryable.ts';
import { countAreaFacts } from '../store/sql/count-area-facts.ts';
import { countRegistryFacts } from '../store/sql/count-registry-facts.ts';
import { listIndexAreas } from '../store/sql/list-index-areas.ts';
import { readDirectoryNo } from '../store/sql/read-directory-no.ts';
import { type FactRow, factsOfAreas, type NamedArea } from './area-facts.ts';
import type { IndexBook } from './index-book.ts';
import { indexOfArea } from './index-of-area.ts';
import { readIndexBook } from './read-index-book.ts';
import { shippedIndexBook } from './shipped-index-book.ts';

export interface IndexDeskOptions {
  db: Queryable;
  county: string;
  /** The county's own index, if there is such a file; read again at each computation. */
  file: string | null;
  /** Milliseconds since 1970. */
  clock: () => number;
  log: Logger;
}

/** The index of every area at one moment. */
export interface ComputedIndex {
  at: number;
  book: IndexBook;
  /** What is wrong with the county's own file; the book from before counts on. */
  faults: readonly BookError[];
  areas: readonly AreaIndex[];
}

const keptMs = 60_000;

/**
 * Computes the index of all areas at once, when somebody asks and it is older than a minute, and serves it from memory.
 * It reads beside the writer and holds it up by nothing.
 */
export class IndexDesk {
  readonly #options: IndexDeskOptions;
  #computing: Promise<ComputedIndex> | null = null;
  #computedAt = Number.NEGATIVE_INFINITY;
  #registry: { no: number; areas: NamedArea[]; rows: FactRow[] } | null = null;
  #book: IndexBook | null = null;
  #told = '';

  constructor(options: IndexDeskOptions) {
    this.#options = options;
  }

  /** Everybody who asks while it is computed waits for the one. */
  current(): Promise<ComputedIndex> {
    const { clock } = this.#options;
    if (this.#computing !== null && Math.abs(clock() - this.#computedAt) < keptMs) return this.#computing;
    this.#computedAt = clock();
    this.#computing = this.#compute(this.#computedAt);
    this.#computing.catch(() => {
      this.#computing = null;
    });
    return this.#computing;
  }

  async #compute(now: number): Promise<ComputedIndex> {
    const { db, county } = this.#options;
    const { book, faults } = await this.#readBook();
    const registry = await this.#readRegistry();
    const rows = await countAreaFacts(db, { county, now, periodMs: book.periodMs });
    const facts = factsOfAreas(registry.areas, [...registry.rows, ...rows]);
    const areas = registry.areas.map((area): AreaIndex => {
      const here = facts.get(area.area)!;
      return { ...area, ...indexOfArea(book, here), facts: here };
    });
    return { at: now, book, faults, areas };
  }

  async #readRegistry() {
    const { db, county } = this.#options;
    const no = await readDirectoryNo(db, county);
    if (this.#registry?.no === no) return this.#registry;
    const areas = await listIndexAreas(db, county);
    this.#registry = { no, areas, rows: await countRegistryFacts(db, county) };
    return this.#registry;
  }

  /** A faulty file changes nothing, and is told; without one the shipped index counts. */
  async #readBook(): Promise<{ book: IndexBook; faults: readonly BookError[] }> {
    const text = await this.#readFile();
    const read = text === null ? null : readIndexBook(text);
    if (read?.ok !== false) this.#book = read?.book ?? shippedIndexBook();
    const faults = read?.ok === false ? read.errors : [];
    this.#tell(faults);
    return { book: this.#book ?? shippedIndexBook(), faults };
  }

  async #readFile(): Promise<string | null> {
    const { file } = this.#options;
    if (file === null) return null;
    return readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return null;
      throw error;
    });
  }

  /** Each set of faults once. */
  #tell(faults: readonly BookError[]): void {
    const { file, log } = this.#options;
    const now = JSON.stringify(faults);
    if (faults.length > 0 && now !== this.#told)
      log.error({ file, errors: faults }, 'the safety index is faulty; the one from before counts');
    this.#told = now;
  }
}
