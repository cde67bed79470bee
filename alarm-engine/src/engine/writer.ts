import type { IntakeQueue } from '@fenghuo/gateway/intake-queue.ts';
import type { Client } from 'pg';
import type { Logger } from 'pino';
import type { Registry } from '../registry/registry.ts';
import { rulebookInForce } from '../rulebook-in-force.ts';
import type { Rulebook } from '../rules/rulebook.ts';
import { loadEngineState } from '../store/sql/load-engine-state.ts';
import { loadDevices } from '../store/sql/load-registry.ts';
import { loadWaitingCommands } from '../store/sql/load-waiting-commands.ts';
import { renewLease } from '../store/sql/take-lease.ts';
import { findTimeSeries } from '../store/time-series/choose-time-series.ts';
import type { TimeSeries } from '../store/time-series/time-series.ts';
import { workflowsInForce } from '../workflows-in-force.ts';
import { type Batch, batchSize, splitBatch } from './batch.ts';
import { commit } from './commit.ts';
import { errorKind } from './database-error.ts';
import { DeviceTroubles } from './device-troubles.ts';
import type { DueItem } from './due-heap.ts';
import type { EngineState } from './engine-state.ts';
import type { Failpoints } from './failpoint.ts';
import { keepRegistrations } from './register.ts';
import { SetAside } from './set-aside.ts';
import { LeaseLost, type WrittenBatch, writeBatch } from './write-batch.ts';
import { WriterConnection } from './writer-connection.ts';

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

/** Most messages in one transaction, 50 ms of work: a command that arrives meanwhile waits for one batch. */
const batchLimit = 4000;
const commandLimit = 200;
/** So much telemetry is worth a transaction of its own; less waits for company, at most {@link lingerMs}. */
const company = 500;
const lingerMs = 4;
/**
 * So much is worth sending behind a commit that is under way; less, alarms too, waits the millisecond or two for it.
 * With 2,000 senders of one message each, a tenth less work for the database than with {@link company}.
 */
const large = 1000;
/** Longest sleep without a wake: the clock may have been moved, a notification may have been lost. */
const tickMs = 500;
/** What could not be fired is tried again after this long. */
const putOffMs = 60_000;
const firstRetryMs = 50;
const lastRetryMs = 2000;

/** A batch whose commit is under way. */
interface Committing {
  written: WrittenBatch;
  /** Resolves to null when it is committed, else to the error. */
  outcome: Promise<unknown>;
}

/**
 * The single writer of a county: takes its inputs in order, decides on them in an overlay, writes all they
 * cause in one transaction, and only then merges, acknowledges and answers.
 *
 * While the commit of a batch is under way the next one is decided on and sent behind it: the database is not idle
 * while we decide, nor we while it flushes. Should that commit fail, both are taken back and stored one by one.
 */
export class Writer {
  readonly #options: WriterOptions;
  readonly #connection: WriterConnection;
  readonly #setAside: SetAside;
  #state: EngineState | null = null;
  #series: TimeSeries | null = null;
  #loop: Promise<void> | null = null;
  #wake: (() => void) | null = null;
  #woken = false;
  #stopping = false;
  #commandsWait = true;
  #now = 0;
  /** Due items that could not be fired, and until when they wait. */
  readonly #putOff = new Map<string, number>();
  /** Devices in alarm or in want of upkeep, as committed. */
  readonly troubles = new DeviceTroubles();
  /** Events stored and batches committed since the start. */
  readonly figures = { events: 0, batches: 0 };

  constructor(options: WriterOptions) {
    this.#options = options;
    this.#connection = new WriterConnection(options);
    this.#setAside = new SetAside({
      county: options.registry.county.code,
      connection: this.#connection,
      isStopping: () => this.#stopping,
      log: options.log,
    });
  }

  /** Rebuilds the state from the database and begins. The lease must be held. */
  async start(): Promise<void> {
    const client = await this.#connection.open();
    this.#series = await findTimeSeries(client);
    this.#state = await this.#load(client);
    this.#options.intake.onReady = () => this.#stir();
    this.#loop = this.#run();
  }

  /** The world as the database has it; also devices that a commit added of which we did not hear. */
  async #load(client: Client): Promise<EngineState> {
    const { registry, log } = this.#options;
    const county = registry.county.code;
    await loadDevices(client, registry);
    const { rulebook, unreadable } = await rulebookInForce(client, county);
    if (unreadable.length > 0)
      log.error({ unreadable, inForce: rulebook.version }, 'newer rulebooks cannot be read');
    const found = await workflowsInForce(client, county);
    if (found.unreadable.length > 0)
      log.error(
        { unreadable: found.unreadable },
        'newer workflows cannot be read; their tickets go by the one in force',
      );
    const state = await loadEngineState(client, { registry, rulebook, workflows: found.workflows });
    state.unreadableBook = Math.max(0, ...unreadable);
    state.unreadableWorkflow = Math.max(0, ...found.unreadable);
    this.troubles.begin(state, (id) => registry.numberOf(id));
    return state;
  }

  /** The book in force; of a batch that is not committed yet, perhaps. */
  get rulebook(): Rulebook {
    return this.#state!.rulebook;
  }

  /** Stores what was taken, then ends. What was not taken stays unacknowledged and comes again. */
  async stop(): Promise<void> {
    this.#stopping = true;
    this.#stir();
    await this.#loop;
    await this.#connection.close();
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
    let before: Committing | null = null;
    while (!this.#stopping || before !== null) {
      const batch: Batch = await this.#next(before !== null);
      const writing = batchSize(batch) > 0 ? this.#write(batch) : null;
      if (before !== null && !(await this.#finish(before))) {
        await writing;
        await this.#takeBack();
        await this.#storeAgain(before.written.batch, batch);
        before = null;
      } else before = writing === null ? null : await this.#commitOrStore(batch, await writing);
    }
  }

  /**
   * Two batches that were taken back, the second of which was gathered before it was known: it may hold commands of
   * the first once more. When we stop, it waits with the first: a device's events keep their order.
   */
  async #storeAgain(first: Batch, second: Batch): Promise<void> {
    await this.#store(first);
    const acted = new Set(first.commands.map(({ body }) => body.id));
    const rest = { ...second, commands: second.commands.filter(({ body }) => !acted.has(body.id)) };
    if (!this.#stopping && batchSize(rest) > 0) await this.#store(rest);
  }

  /** The next batch; empty when a commit is under way and it can wait for that. */
  async #next(isCommitting: boolean): Promise<Batch> {
    if (!isCommitting) await this.#sleep();
    else if (this.#options.intake.size < large && !this.#commandsWait) return nothing;
    return this.#stopping ? nothing : this.#gather();
  }

  /** The next step of a batch that was sent: its commit; what could not be written is stored by itself. */
  async #commitOrStore(batch: Batch, written: WrittenBatch | Unwritten): Promise<Committing | null> {
    if ('error' in written) {
      await this.#undo();
      await this.#store(batch);
      return null;
    }
    const committing = this.#commit(written);
    const { devices, buildings, units, people } = written.effects;
    const registered = devices.size + buildings.size + units.size + people.size;
    if (written.newDevices.length + registered === 0) return committing;
    if (!(await this.#finish(committing))) {
      await this.#takeBack();
      await this.#store(batch);
    }
    return null;
  }

  async #sleep(): Promise<void> {
    if (!this.#woken && this.#options.intake.size === 0 && !this.#commandsWait)
      await new Promise<void>((resolve) => {
        const timer = setTimeout(() => {
          this.#commandsWait = true;
          resolve();
        }, tickMs);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    this.#wake = null;
    this.#woken = false;
    if (this.#options.intake.size > 0 && !this.#isWorthwhile())
      await new Promise((resolve) => setTimeout(resolve, lingerMs));
  }

  /** An alarm or a person's act waits for nothing. */
  #isWorthwhile(): boolean {
    const { intake } = this.#options;
    return this.#commandsWait || intake.hasAlarms || intake.size >= company;
  }

  /** Commands first, then what devices said, then what is due. */
  async #gather(): Promise<Batch> {
    const { intake, registry, clock } = this.#options;
    this.#now = Math.max(this.#now, clock());
    let commands: Batch['commands'] = [];
    if (this.#commandsWait) {
      this.#commandsWait = false;
      const found = await this.#connection.attempt(
        (client) => loadWaitingCommands(client, registry.county.code, commandLimit),
        null,
      );
      commands = found ?? [];
      if (found === null || commands.length === commandLimit) this.#commandsWait = true;
    }
    return { commands, deliveries: intake.take(batchLimit), due: this.#takeDue() };
  }

  #takeDue(): DueItem[] {
    const heap = this.#state!.dueHeap;
    const items: DueItem[] = [];
    const later: DueItem[] = [];
    for (let next = heap.peek(); next !== undefined && next.at <= this.#now; next = heap.peek()) {
      heap.pop();
      if ((this.#putOff.get(next.id) ?? 0) > this.#now) later.push(next);
      else items.push(next);
    }
    for (const item of later) heap.push(item);
    return items;
  }

  /** Stores a batch, whatever it takes: again after a passing fault, in halves when an input does not fit. */
  async #store(batch: Batch): Promise<void> {
    let delayMs = firstRetryMs;
    for (;;) {
      const error = await this.#tryToStore(batch);
      if (error === null) return;
      const kind = error instanceof LeaseLost ? 'lease' : errorKind(error);
      if (kind === 'input') return this.#bisect(batch, error);
      if (kind === 'lease' && !(await this.#regainLease())) return this.#fence();
      this.#options.log.warn({ err: error, inputs: batchSize(batch) }, 'batch not stored, trying again');
      if (this.#stopping) return;
      await this.#connection.recover(delayMs);
      delayMs = Math.min(delayMs * 2, lastRetryMs);
    }
  }

  /** Null when the batch is stored and acknowledged. */
  async #tryToStore(batch: Batch): Promise<unknown> {
    const written = await this.#write(batch);
    if ('error' in written) {
      await this.#undo();
      return written.error;
    }
    const committing = this.#commit(written);
    if (await this.#finish(committing)) return null;
    await this.#takeBack();
    return committing.outcome;
  }

  async #write(batch: Batch): Promise<WrittenBatch | Unwritten> {
    const { registry, failpoints, epoch, timeZone } = this.#options;
    const [client, state] = [this.#connection.client, this.#state!];
    try {
      return await writeBatch({
        ...{
          client,
          state,
          registry,
          batch,
          epoch,
          now: this.#now,
          timeZone,
          failpoints,
          series: this.#series!,
        },
      });
    } catch (error) {
      return { error };
    }
  }

  #commit(written: WrittenBatch): Committing {
    this.#options.failpoints.pass('before-commit');
    this.#state!.seal(written.effects, written.positions);
    const { connect, registry, epoch } = this.#options;
    const { client, xid, positions } = written;
    const batch = { county: registry.county.code, lastNo: positions.engineNo, epoch };
    const outcome = commit({ client, connect, xid, ...batch });
    return {
      written,
      outcome: outcome.then(
        () => null,
        (error: unknown) => error,
      ),
    };
  }

  /** True when the commit succeeded: memory follows, and everybody is told. */
  async #finish({ written, outcome }: Committing): Promise<boolean> {
    if ((await outcome) !== null) return false;
    const { registry, failpoints } = this.#options;
    for (const device of written.newDevices) registry.addDevice(device);
    keepRegistrations(registry, written.effects);
    this.#state!.settle();
    this.troubles.take(written.effects, (id) => registry.numberOf(id));
    failpoints.pass('commit-to-puback');
    for (const delivery of written.batch.deliveries) delivery.acknowledge();
    failpoints.pass('puback-to-push');
    this.figures.events += written.storedEvents;
    this.figures.batches += 1;
    return true;
  }

  /** A commit failed: nothing of its batch happened, nor of the one that was sent behind it. */
  async #takeBack(): Promise<void> {
    this.#state!.revert();
    await this.#connection.rollback();
  }

  /** A batch could not be written. */
  async #undo(): Promise<void> {
    this.#state!.discard();
    await this.#connection.rollback();
  }

  #fence(): void {
    this.#stopping = true;
    this.#options.onFenced();
  }

  /** Finds the input that cannot be stored; the others are stored. */
  async #bisect(batch: Batch, error: unknown): Promise<void> {
    if (batchSize(batch) === 1) return this.#giveLastChance(batch, error);
    for (const half of splitBatch(batch)) if (batchSize(half) > 0 && !this.#stopping) await this.#store(half);
  }

  /** Before an input is set aside, the world is read anew: a fire must not be lost to a fault of our memory. */
  async #giveLastChance(batch: Batch, error: unknown): Promise<void> {
    const { log } = this.#options;
    const fresh = await this.#connection.attempt((client) => this.#load(client), null);
    if (fresh === null) return this.#stopping ? undefined : this.#store(batch);
    this.#state = fresh;
    const again = await this.#tryToStore(batch);
    if (again === null) {
      log.error(
        { err: error, batch: describe(batch) },
        'memory had drifted from the database and was read anew',
      );
    } else if (errorKind(again) === 'input' && !(again instanceof LeaseLost)) {
      log.error({ err: again, batch: describe(batch) }, 'an input could not be stored and is set aside');
      await this.#setAside.keep(batch, again);
      for (const { id } of batch.due) this.#putOff.set(id, this.#now + putOffMs);
    } else {
      await this.#store(batch);
    }
  }

  async #regainLease(): Promise<boolean> {
    return this.#connection.attempt(
      (client) => renewLease(client, this.#options.registry.county.code, this.#options.epoch),
      true,
    );
  }
}

const nothing: Batch = { commands: [], deliveries: [], due: [] };

interface Unwritten {
  error: unknown;
}

function describe({ commands, deliveries, due }: Batch) {
  return {
    commands: commands.map(({ body }) => body.id),
    devices: deliveries.map(({ event, refused }) => event?.deviceId ?? refused?.topic),
    due: due.map(({ id }) => id),
  };
}
