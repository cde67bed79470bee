import type { Principal } from '@fenghuo/gateway/admission/principals.ts';
import type { IntakeQueue } from '@fenghuo/gateway/intake-queue.ts';
import type { ReprocessOutcome, Reprocessor } from '@fenghuo/gateway/reprocess.ts';
import type { Logger } from 'pino';
import type { Listener } from '../store/listener.ts';
import type { Queryable } from '../store/queryable.ts';
import { loadWaitingQuarantine, type WaitingMessage } from '../store/sql/load-waiting-quarantine.ts';
import { saveReprocessOutcome, sourceOfReprocessed } from '../store/sql/save-reprocess-outcome.ts';
import { readKeptEvent } from './kept-event.ts';

export interface ReprocessDeskOptions {
  db: Queryable;
  /** Started by the caller, after {@link ReprocessDesk.start}. */
  listener: Listener;
  county: string;
  reprocessor: Reprocessor;
  queue: IntakeQueue;
  /** The principal of this name as it stands today; null when it does not. Rejects when that cannot be known. */
  principalOf: (name: string) => Promise<Principal | null>;
  log: Logger;
}

/** Few at a time: what is said now goes first. */
const batchSize = 100;
/** For a notification that was missed. */
const lookEveryMs = 5_000;

/** What the writer set aside: its bytes are the event. */
const ofWriter: ReadonlySet<string> = new Set(['not-storable', 'undecided', 'unknown-device']);

/**
 * Processes quarantined messages again when somebody asked for it. The web, which may run elsewhere, marks rows;
 * this desk, beside the gateway, takes marked rows and writes the outcome. A mark outlives both processes, and a
 * message whose outcome was not written before a crash is taken once more and meets its twin.
 */
export class ReprocessDesk {
  readonly #options: ReprocessDeskOptions;
  #timer: NodeJS.Timeout | null = null;
  #round: Promise<void> | null = null;
  #asked = false;
  #stopped = false;
  readonly #stop = Promise.withResolvers<void>();

  constructor(options: ReprocessDeskOptions) {
    this.#options = options;
  }

  start(): void {
    const { listener } = this.#options;
    listener.on('fenghuo_quarantine', () => this.#look());
    listener.onResume(() => this.#look());
    this.#timer = setInterval(() => this.#look(), lookEveryMs);
    this.#look();
  }

  /** Waits for no message that is under way: its mark stays. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#stop.resolve();
    if (this.#timer !== null) clearInterval(this.#timer);
    await this.#round;
  }

  #look(): void {
    this.#asked = true;
    this.#round ??= this.#work().finally(() => {
      this.#round = null;
    });
  }

  async #work(): Promise<void> {
    while (this.#asked && !this.#stopped) {
      this.#asked = false;
      try {
        const taken = this.#options.queue.isFull ? 0 : await this.#takeSome();
        if (taken === batchSize) this.#asked = true;
      } catch (error) {
        this.#options.log.warn({ err: error }, 'quarantined messages could not be processed again yet');
      }
    }
  }

  async #takeSome(): Promise<number> {
    const { db, county } = this.#options;
    const waiting = await loadWaitingQuarantine(db, county, batchSize);
    const all = Promise.all(waiting.map((message) => this.#process(message)));
    await Promise.race([all, this.#stop.promise]);
    return waiting.length;
  }

  async #process(message: WaitingMessage): Promise<void> {
    const { db, county } = this.#options;
    const result = await this.#attempt(message);
    if (this.#stopped) return;
    const detail = result.outcome === 'refused' ? `${result.refusal.reason}: ${result.refusal.detail}` : null;
    await saveReprocessOutcome(db, county, { no: message.no, outcome: result.outcome, detail });
  }

  async #attempt(message: WaitingMessage): Promise<ReprocessOutcome> {
    const { reprocessor, principalOf } = this.#options;
    const source = sourceOfReprocessed(message.no);
    if (ofWriter.has(message.reason)) {
      const event = readKeptEvent(message.bytes, source);
      const refusal = { reason: 'schema', detail: 'nothing of the event could be kept' } as const;
      return event === null ? { outcome: 'refused', refusal } : reprocessor.events([event]);
    }
    const principal = message.principal === null ? null : await principalOf(message.principal);
    const { topic, bytes: payload, retained, receivedAt } = message;
    return reprocessor.message({ topic, payload, retained, receivedAt, source, principal });
  }
}
