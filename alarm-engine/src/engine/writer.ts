import type { IntakeQueue } from '@fenghuo/gateway/intake-queue.ts';
import type { Client } from 'pg';
import type { Logger } from 'pino';
import type { Registry } from '../registry/registry.ts';
import { rulebookInForce } from '../rulebook-in-force.ts';
import type { Rulebook } from '../rules/rulebook.ts';
import { loadEngineState } from '../store/sql/load-engine-state.ts';
import { loadDevices } from '../store/sql/load-registry.ts';
import { renewLease } from '../store/sql/take-lease.ts';
import { findTimeSeries } from '../store/time-series/choose-time-series.ts';
import type { TimeSeries } from '../store/time-series/time-series.ts';
import { workflowsInForce } from '../workflows-in-force.ts';
import { type Batch, batchSize, nothing, splitBatch } from './batch.ts';
import { commit } from './commit.ts';
import { errorKind } from './database-error.ts';
import { DeviceTroubles } from './device-troubles.ts';
import type { EngineState } from './engine-state.ts';
import type { Failpoints } from './failpoint.ts';
import { keepRegistrations } from './register.ts';
import { SetAside } from './set-aside.ts';
import { WaitingInputs } from './waiting-inputs.ts';
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
  readonly #inputs: WaitingInputs;
  #state: EngineState | null = null;
  #series: TimeSeries | null = null;
  #loop: Promise<void> | null = null;
  #stopping = false;
  /** Devices in alarm or in want of upkeep, as committed. */
  readonly troubles = new DeviceTroubles();
  /** Events stored and batches committed since the start. */
  readonly figures = { events: 0, batches: 0 };

  constructor(options: WriterOptions) {
    this.#options = options;
    this.#connection = new WriterConnection(options);
    const county = options.registry.county.code;
    this.#inputs = new WaitingInputs({ ...options, county, connection: this.#connection });
    this.#setAside = new SetAside({
      ...{ county, connection: this.#connection },
      isStopping: () => this.#stopping,
      log: options.log,
    });
  }

  /** Rebuilds the state from the database and begins. The lease must be held. */
  async start(): Promise<void> {
    const client = await this.#connection.open();
    this.#series = await findTimeSeries(client);
    this.#state = await this.#load(client);
    this.#options.intake.onReady = () => this.#inputs.stir();
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
    this.#inputs.stir();
    await this.#loop;
    await this.#connection.close();
  }

  /** A command was inserted. */
  commandArrived(): void {
    this.#inputs.commandArrived();
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
    if (!isCommitting) await this.#inputs.sleep();
    else if (!this.#inputs.areMany) return nothing;
    return this.#stopping ? nothing : this.#inputs.take(this.#state!.dueHeap);
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
          now: this.#inputs.now,
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
      this.#inputs.putOff(batch.due);
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
