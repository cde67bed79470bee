import type { Logger } from 'pino';
import type { Listener } from '../store/listener.ts';
import type { Queryable } from '../store/queryable.ts';
import { readDirectoryNo } from '../store/sql/read-directory-no.ts';

export interface DirectoryWatchOptions {
  db: Queryable;
  county: string;
  listener: Listener;
  log: Logger;
  /** Units, people, devices or buildings changed. */
  onChange: (no: number) => void;
}

/** For a notification that was missed. */
const lookEveryMs = 5000;

/** Watches the number of the county's directory. */
export class DirectoryWatch {
  readonly #options: DirectoryWatchOptions;
  #timer: NodeJS.Timeout | null = null;
  #no = 0;

  constructor(options: DirectoryWatchOptions) {
    this.#options = options;
  }

  /** Before the listener starts. */
  async start(): Promise<void> {
    const { db, county, listener } = this.#options;
    this.#no = await readDirectoryNo(db, county);
    listener.on('fenghuo_directory', (payload) => {
      if (payload.startsWith(`${county}:`)) void this.#look();
    });
    listener.onResume(() => void this.#look());
    this.#timer = setInterval(() => void this.#look(), lookEveryMs);
  }

  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
  }

  async #look(): Promise<void> {
    const { db, county, log, onChange } = this.#options;
    try {
      const no = await readDirectoryNo(db, county);
      if (no === this.#no) return;
      this.#no = no;
      onChange(no);
    } catch (error) {
      log.warn({ err: error }, 'the directory number could not be read');
    }
  }
}
