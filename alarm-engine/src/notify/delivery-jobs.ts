import { setTimeout as delay } from 'node:timers/promises';
import { type Runner, run } from 'graphile-worker';
import type { Pool } from 'pg';
import type { Logger } from 'pino';
import type { Failpoints } from '../engine/failpoint.ts';
import { jobLog } from '../store/job-log.ts';
import { findWaitingDelivery } from '../store/sql/find-delivery.ts';
import { findReporterMessage } from '../store/sql/find-reporter-message.ts';
import { saveAttempt } from '../store/sql/save-attempt.ts';
import { saveReporterAttempt } from '../store/sql/save-reporter-attempt.ts';
import { unlockJobs } from '../store/sql/unlock-jobs.ts';
import { type OutwardChannels, passOut } from './pipeline.ts';
import { passToReporter } from './tell-reporter.ts';

export interface DeliveryJobsOptions {
  /** Connections of its own, at least {@link connectionsOfJobs}. */
  pool: Pool;
  outward: OutwardChannels;
  failpoints: Failpoints;
  log: Logger;
}

/** Deliveries under way at once: one receiver that answers late holds up these many. */
const concurrency = 4;
/** Each delivery under way, and who listens for new ones. */
export const connectionsOfJobs = concurrency + 1;
/** New jobs are told at once; this finds those that wait for another attempt. Milliseconds. */
const pollInterval = 2000;
const restartMs = 1000;
/**
 * Without a delay, graphile-worker 0.18 neither awaits nor catches how a job is completed or failed: a connection lost
 * in that moment would end the process as an unhandled rejection. With one it ends the runner, and another one
 * follows. Milliseconds.
 */
const preset = { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } };
/** After the n-th attempt graphile-worker waits e^n seconds, so this is 3.5 hours in all. */
const mostAttempts = 10;

/**
 * Delivers what must leave the house, by graphile-worker: each job until it is settled, again after a crash. Only for
 * who holds the county's lease: at the start every job that is locked belonged to someone dead.
 */
export class DeliveryJobs {
  readonly #options: DeliveryJobsOptions;
  readonly #stopping = new AbortController();
  #runner: Runner | null = null;
  #work: Promise<void> = Promise.resolve();

  constructor(options: DeliveryJobsOptions) {
    this.#options = options;
  }

  async start(): Promise<void> {
    await this.#begin();
    this.#work = this.#keepRunning();
  }

  /** What is under way is finished first; so is a runner that was being started again. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#runner?.stop().catch(() => {});
    await this.#work;
    await this.#runner?.stop().catch(() => {});
  }

  async #begin(): Promise<void> {
    const { pool, log } = this.#options;
    await unlockJobs(pool);
    this.#runner = await run({
      ...{ pgPool: pool, concurrency, pollInterval, noHandleSignals: true, parsedCronItems: [], preset },
      logger: jobLog(log),
      taskList: {
        deliver: (payload) => this.#deliver(payload as { delivery: string }),
        'tell-reporter': (payload) => this.#tellReporter(payload as { message: string }),
      },
    });
  }

  /** A database that stays away ends the runner: another one follows, and finds what that one was at. */
  async #keepRunning(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      await this.#runner?.promise.catch(() => {});
      this.#runner = null;
      if (signal.aborted) return;
      this.#options.log.warn('deliveries have stopped and are started again');
      await this.#beginAgain(signal);
    }
  }

  async #beginAgain(signal: AbortSignal): Promise<void> {
    while (this.#runner === null && !signal.aborted) {
      await delay(restartMs, undefined, { signal }).catch(() => {});
      if (!signal.aborted) await this.#begin().catch(() => {});
    }
  }

  async #deliver({ delivery: id }: { delivery: string }): Promise<void> {
    const { pool, outward, failpoints } = this.#options;
    const delivery = await findWaitingDelivery(pool, id);
    if (delivery === null) return;
    const verdict = await passOut(delivery, outward);
    failpoints.pass('inside-delivery');
    if (verdict.state === 'sent') return saveAttempt(pool, { delivery: id, state: 'sent', reason: null });
    const { state, reason } = verdict;
    const last = delivery.attempts + 1 >= mostAttempts;
    const settled = state !== 'again' ? state : last ? 'failed' : 'waiting';
    await saveAttempt(pool, { delivery: id, state: settled, reason });
    if (settled === 'waiting') throw new Error(`${id} could not be delivered yet: ${reason}`);
  }

  /** As {@link #deliver}: the message counts its attempts, and is settled once. */
  async #tellReporter({ message: id }: { message: string }): Promise<void> {
    const { pool, outward } = this.#options;
    const found = await findReporterMessage(pool, id);
    if (found === null) return;
    const verdict = await passToReporter(found, outward);
    const isLast = found.attempts + 1 >= mostAttempts;
    const state = verdict.state !== 'again' ? verdict.state : isLast ? 'failed' : 'waiting';
    const reason = verdict.state === 'sent' ? null : verdict.reason;
    await saveReporterAttempt(pool, { message: id, state, reason });
    if (state === 'waiting') throw new Error(`${id} could not be told yet: ${reason}`);
  }
}
