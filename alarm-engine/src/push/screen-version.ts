import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Names the built screen by the content of its page, which holds the hashed names of all its parts: a wall that hears
 * another name than before loads itself anew. Read again only when the file changed.
 */
export class ScreenVersion {
  readonly #page: string;
  #writtenAt = 0;
  #name: string | null = null;

  constructor(screenFolder: string) {
    this.#page = join(screenFolder, 'index.html');
  }

  /** Null while nothing is built. Never rejects. */
  async read(): Promise<string | null> {
    try {
      const { mtimeMs } = await stat(this.#page);
      if (mtimeMs !== this.#writtenAt) {
        this.#name = createHash('sha256')
          .update(await readFile(this.#page))
          .digest('base64url')
          .slice(0, 12);
        this.#writtenAt = mtimeMs;
      }
      return this.#name;
    } catch {
      return null;
    }
  }
}
