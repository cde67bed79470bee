import type { Logger } from 'pino';
import type { Queryable } from '../store/queryable.ts';
import { findReportsToMake, type ReportToMake } from '../store/sql/find-reports-to-make.ts';
import { saveReport } from '../store/sql/save-report.ts';
import { readDossier } from './read-dossier.ts';
import { writeReport } from './write-report.ts';

export interface ReportKeeperOptions {
  db: Queryable;
  county: string;
  log: Logger;
}

const lookEveryMs = 2000;
const atOnce = 20;

/**
 * Writes the after-action report of each case soon after it was closed. The row that asks for it is made in the
 * transaction of the closing, so none is forgotten; one that cannot be written is said, and keeps no other from it.
 */
export class ReportKeeper {
  readonly #options: ReportKeeperOptions;
  #timer: NodeJS.Timeout | null = null;
  #busy: Promise<void> | null = null;

  constructor(options: ReportKeeperOptions) {
    this.#options = options;
  }

  start(): void {
    this.#timer = setInterval(() => this.#tick(), lookEveryMs);
  }

  /** What is under way is finished first. */
  async stop(): Promise<void> {
    if (this.#timer !== null) clearInterval(this.#timer);
    await this.#busy;
  }

  #tick(): void {
    const failed = (error: unknown) =>
      this.#options.log.error({ err: error }, 'reports of cases not written');
    this.#busy ??= this.writeDue()
      .catch(failed)
      .finally(() => {
        this.#busy = null;
      });
  }

  /** Writes those that wait, at most {@link atOnce}. */
  async writeDue(): Promise<void> {
    const { db, county, log } = this.#options;
    for (const wish of await findReportsToMake(db, county, atOnce))
      await this.#write(wish).catch((error: unknown) => {
        log.error({ err: error, code: wish.code }, 'report of a case not written');
      });
  }

  async #write({ incident, round, code, closedAt }: ReportToMake): Promise<void> {
    const { db, county } = this.#options;
    const found = await readDossier(db, { county, code, areaPattern: '%', unit: null });
    if (found === null) return;
    const report = { ...writeReport(found.dossier, closedAt), round };
    await saveReport(db, { incident, round, report });
  }
}
