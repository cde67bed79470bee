import type { Logger } from 'pino';
import type { Queryable } from '../store/queryable.ts';
import { readAuditHead } from '../store/sql/read-audit-head.ts';
import { headDue } from './head-due.ts';
import { appendHead, type KeptBecause, type KeptHead, readHeads } from './heads-file.ts';

export interface HeadKeeperOptions {
  db: Queryable;
  county: string;
  /** Where heads are kept, see {@link readHeads}. */
  file: string;
  timeZone: string;
  /** Milliseconds since 1970. */
  clock: () => number;
  log: Logger;
}

/** What is cut off the end within this time, and before the next head is due, is not missed. */
const lookEveryMs = 10_000;

/** Beside the writer: keeps the head of the record outside of the database, see `head-due.ts` for when. */
export class HeadKeeper {
  readonly #options: HeadKeeperOptions;
  #last: KeptHead | null = null;
  #timer: NodeJS.Timeout | null = null;
  #busy: Promise<void> = Promise.resolve();

  constructor(options: HeadKeeperOptions) {
    this.#options = options;
  }

  async start(): Promise<void> {
    const { file, county } = this.#options;
    this.#last = (await readHeads(file, county))?.at(-1) ?? null;
    this.look();
    this.#timer = setInterval(() => this.look(), lookEveryMs);
  }

  /** After the writer: its last batch is kept, too. */
  async stop(): Promise<void> {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.look('stop');
    await this.#busy;
  }

  /** Keeps the head if it is due; for a reason that is given, whenever the record went on. */
  look(because?: KeptBecause): void {
    this.#busy = this.#busy.then(() =>
      this.#keep(because).catch((error: unknown) =>
        this.#options.log.error({ err: error }, 'the head of the record was not kept'),
      ),
    );
  }

  async #keep(because: KeptBecause | undefined): Promise<void> {
    const { db, county, file, timeZone, clock, log } = this.#options;
    const head = await readAuditHead(db, county);
    const last = this.#last;
    if (last !== null && (head === null || head.no < last.no))
      log.fatal({ kept: last.no, found: head?.no ?? 0 }, 'rows were cut off the end of the record');
    if (head === null || (last !== null && head.no < last.no)) return;
    const now = clock();
    const reason = head.no === last?.no ? undefined : because;
    const due = reason ?? headDue(last, head, { now, timeZone });
    if (due === null) return;
    const kept: KeptHead = { county, at: now, no: head.no, digest: head.digest, because: due };
    await appendHead(file, kept);
    this.#last = kept;
  }
}
