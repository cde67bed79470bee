import type { Delivery, IntakeQueue } from '@fenghuo/gateway/intake-queue.ts';
import type { Client } from 'pg';
import type { Logger } from 'pino';
import type { Registry } from '../registry/registry.ts';
import { answerCommands } from '../store/sql/answer-commands.ts';
import { insertQuarantine } from '../store/sql/insert-quarantine.ts';
import { loadEngineState } from '../store/sql/load-engine-state.ts';
import { loadWaitingCommands } from '../store/sql/load-waiting-commands.ts';
import { renewLease } from '../store/sql/take-lease.ts';
import { type Batch, batchSize, splitBatch } from './batch.ts';
import { errorKind } from './database-error.ts';
import type { DueItem } from './due-heap.ts';
import type { EngineState } from './engine-state.ts';
import type { Failpoints } from './failpoint.ts';
import { LeaseLost, transact } from './transact.ts';

export interface WriterOptions {
  /** Opens a connection of the writer's own. */
  connect: () => Promise<Client>;
  registry: Registry;
  intake: IntakeQueue;
  /** Epoch of the lease that this process holds. */
  epoch: number;
  /** Milliseconds since 1970; a test moves it. */
  clock: () => number;
  /** Time zone of the county, for the day in case codes. */
  timeZone: string;
  failpoints: Failpoints;
  log: Logger;
  /** Another process has taken the lease: this one must not write again. */
  onFenced: () => void;
}

/** Most messages in one transaction: commits take about 2 ms, and a waiting command waits for one batch. */
const batchLimit = 2000;
const commandLimit = 200;
/** Longest sleep without a wake: the clock may have been moved, a notification may have been lost. */
const tickMs = 250;
const firstRetryMs = 50;
const lastRetryMs = 2000;

/**
 * The single writer of a county: takes its inputs in order, decides on them in an overlay, writes all they
 * cause in one transaction, and only then merges, acknowledges and answers.
 */
export class Writer {
  readonly #options: WriterOptions;
  #client: Client | null = null;
  #state: EngineState | null = null;
  #loop: Promise<void> | null = null;
  #wake: (() => void) | null = null;
  #woken = false;
  #stopping = false;
  #commandsWait = true;
  #now = 0;
  /** Events stored and batches committed since the start. */
  readonly figures = { events: 0, batches: 0 };

  constructor(options: WriterOptions) {
    this.#options = options;
  }

  /** Rebuilds the state from the database and begins. The lease must be held. */
  async start(): Promise<void> {
    this.#client = await this.#options.connect();
    this.#state = await loadEngineState(this.#client, this.#options.registry.county.code);
    this.#options.intake.onReady = () => this.#stir();
    this.#loop = this.#run();
  }

  /** Stores what was taken, then ends. What was not taken stays unacknowledged and comes again. */
  async stop(): Promise<void> {
    this.#stopping = true;
    this.#stir();
    await this.#loop;
    await this.#client?.end().catch(() => {});
  }

  /** A command was inserted. */
  commandArrived(): void {
    this.#commandsWait = true;
    this.#stir();
  }

  #stir(): void {
    this.#woken = true;
    this.#wake?.();
  }

  async #run(): Promise<void> {
    while (!this.#stopping) {
      await this.#sleep();
      const batch = await this.#gather();
      if (batchSize(batch) > 0) await this.#store(batch);
    }
  }

  async #sleep(): Promise<void> {
    if (!this.#woken && this.#options.intake.size === 0 && !this.#commandsWait)
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, tickMs);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    this.#wake = null;
    this.#woken = false;
  }

  /** Commands first, then what devices said, then what is due. */
  async #gather(): Promise<Batch> {
    const { intake, registry, clock } = this.#options;
    this.#now = Math.max(this.#now, clock());
    let commands: Batch['commands'] = [];
    if (this.#commandsWait) {
      this.#commandsWait = false;
      commands = await this.#attempt(
        (client) => loadWaitingCommands(client, registry.county.code, commandLimit),
        [],
      );
      if (commands.length === commandLimit) this.#commandsWait = true;
    }
    return { commands, deliveries: intake.take(batchLimit), due: this.#takeDue() };
  }

  #takeDue(): DueItem[] {
    const heap = this.#state!.dueHeap;
    const items: DueItem[] = [];
    for (let next = heap.peek(); next !== undefined && next.at <= this.#now; next = heap.peek()) {
      heap.pop();
      items.push(next);
    }
    return items;
  }

  /** Stores a batch, whatever it takes: again after a passing fault, in halves when an input does not fit. */
  async #store(batch: Batch): Promise<void> {
    let delayMs = firstRetryMs;
    for (;;) {
      const error = await this.#tryToStore(batch);
      if (error === null) return;
      const kind = error instanceof LeaseLost ? 'lease' : errorKind(error);
      if (kind === 'data') return this.#bisect(batch, error);
      if (kind === 'lease' && !(await this.#regainLease())) return this.#fence();
      this.#options.log.warn({ err: error, inputs: batchSize(batch) }, 'batch not stored, trying again');
      if (this.#stopping) return;
      await this.#recover(delayMs);
      delayMs = Math.min(delayMs * 2, lastRetryMs);
    }
  }

  async #tryToStore(batch: Batch): Promise<unknown> {
    try {
      await this.#transact(batch);
      return null;
    } catch (error) {
      this.#state!.discard();
      await this.#rollback();
      return error;
    }
  }

  #fence(): void {
    this.#stopping = true;
    this.#options.onFenced();
  }

  async #transact(batch: Batch): Promise<void> {
    const { registry, failpoints, epoch, timeZone, connect } = this.#options;
    const outcome = await transact({
      client: this.#client!,
      reconnect: async () => {
        this.#client = await connect();
        return this.#client;
      },
      state: this.#state!,
      registry,
      batch,
      epoch,
      now: this.#now,
      timeZone,
      failpoints,
    });
    failpoints.pass('commit-to-puback');
    for (const delivery of batch.deliveries) delivery.acknowledge();
    failpoints.pass('puback-to-push');
    this.figures.events += outcome.storedEvents;
    this.figures.batches += 1;
  }

  /**
   * Finds the input that the database refuses. Before it is set aside, the state is read anew and it is tried
   * once more: a real fire must not be lost to a fault of our memory.
   */
  async #bisect(batch: Batch, error: unknown): Promise<void> {
    if (batchSize(batch) > 1) {
      for (const half of splitBatch(batch)) if (batchSize(half) > 0) await this.#store(half);
      return;
    }
    this.#options.log.error(
      { err: error, batch: describe(batch) },
      'an input could not be stored and is set aside',
    );
    await this.#setAside(batch, error);
  }

  /** The culprit: an event goes to quarantine, a command is answered so, a due item is dropped. */
  async #setAside(batch: Batch, error: unknown): Promise<void> {
    const { registry } = this.#options;
    const county = registry.county.code;
    const detail = (error instanceof Error ? error.message : String(error)).slice(0, 200);
    for (const delivery of batch.deliveries) {
      const refused = delivery.refused ?? asRefused(delivery, detail);
      await this.#persist((client) => insertQuarantine(client, county, [refused]));
      delivery.acknowledge();
    }
    for (const { body } of batch.commands) {
      const message = { zh: '这条操作无法保存', en: 'This act could not be stored' };
      const answer = {
        ok: false as const,
        id: body.id,
        reason: 'could-not-be-stored' as const,
        message,
        allowed: [],
      };
      await this.#persist((client) =>
        answerCommands(client, [{ answer, engineNo: this.#state!.positions.engineNo }]),
      );
    }
  }

  async #persist(work: (client: Client) => Promise<void>): Promise<void> {
    const done = await this.#attempt(async (client) => {
      await work(client);
      return true;
    }, false);
    if (!done && !this.#stopping) return this.#persist(work);
  }

  /** One try of something outside a batch; on failure recovers the connection and gives `otherwise`. */
  async #attempt<T>(work: (client: Client) => Promise<T>, otherwise: T): Promise<T> {
    try {
      return await work(this.#client!);
    } catch (error) {
      this.#options.log.warn({ err: error }, 'database did not answer');
      this.#commandsWait = true;
      await this.#recover(200);
      return otherwise;
    }
  }

  async #regainLease(): Promise<boolean> {
    return this.#attempt(
      (client) => renewLease(client, this.#options.registry.county.code, this.#options.epoch),
      true,
    );
  }

  async #rollback(): Promise<void> {
    await this.#client?.query('rollback').catch(() => {});
  }

  /** Waits, then makes sure of a connection that answers. A batch that waits is held in memory meanwhile. */
  async #recover(delayMs: number): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, delayMs));
    try {
      await this.#client!.query('rollback');
    } catch {
      await this.#client?.end().catch(() => {});
      this.#client = await this.#options.connect().catch(() => this.#client);
    }
  }
}

function asRefused({ event }: Delivery, detail: string) {
  return {
    reason: 'not-storable' as const,
    source: event?.source ?? '',
    principal: null,
    topic: `${event?.run === null ? '' : `${event?.run}/`}${event?.deviceId}`,
    bytes: Buffer.from(
      JSON.stringify(event, (_, value) => (typeof value === 'bigint' ? value.toString() : value)),
    ),
    detail,
    receivedAt: event?.receivedAt ?? 0,
  };
}

function describe({ commands, deliveries, due }: Batch) {
  return {
    commands: commands.map(({ body }) => body.id),
    devices: deliveries.map(({ event, refused }) => event?.deviceId ?? refused?.topic),
    due: due.map(({ id }) => id),
  };
}
