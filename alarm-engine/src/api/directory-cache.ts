import type { Queryable } from '../store/queryable.ts';
import { readDirectoryNo } from '../store/sql/read-directory-no.ts';
import type { CompressedBody } from './compressed-body.ts';

/** Bodies kept at once: a county's base map, and the points of as many areas as rooms look at. */
const kept = 64;

/**
 * Bodies made from the registry, each kept until the directory's number moves on. The number is read before
 * the body is made, so a body may be newer than its number and is then made once more, but never older.
 */
export class DirectoryCache {
  readonly #db: Queryable;
  readonly #county: string;
  readonly #bodies = new Map<string, { no: number; body: Promise<CompressedBody | null> }>();

  constructor(db: Queryable, county: string) {
    this.#db = db;
    this.#county = county;
  }

  /** The body of this name at the directory's present number; null when there is none. */
  async get(name: string, make: () => Promise<CompressedBody | null>): Promise<CompressedBody | null> {
    const no = await readDirectoryNo(this.#db, this.#county);
    const known = this.#bodies.get(name);
    if (known?.no === no) return known.body;
    const body = make();
    this.#bodies.delete(name);
    this.#bodies.set(name, { no, body });
    if (this.#bodies.size > kept) this.#bodies.delete(this.#bodies.keys().next().value!);
    body.catch(() => this.#bodies.delete(name));
    return body;
  }
}
