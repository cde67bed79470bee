import type { IntakeQueue } from '@fenghuo/gateway/intake-queue.ts';
import { loadWaitingCommands } from '../store/sql/load-waiting-commands.ts';
import type { Batch } from './batch.ts';
import type { DueHeap, DueItem } from './due-heap.ts';
import type { WriterConnection } from './writer-connection.ts';

export interface WaitingInputsOptions {
  county: string;
  connection: WriterConnection;
  intake: IntakeQueue;
  /** Milliseconds since 1970; a test moves it. */
  clock: () => number;
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

/** What waits for the writer: acts of people, what devices said, what is due. Here it is decided how much a batch takes. */
export class WaitingInputs {
  readonly #options: WaitingInputsOptions;
  #wake: (() => void) | null = null;
  #woken = false;
  #commandsWait = true;
  #now = 0;
  /** Due items that could not be fired, and until when they wait. */
  readonly #putOff = new Map<string, number>();

  constructor(options: WaitingInputsOptions) {
    this.#options = options;
  }

  /** Engine time of the batch that was taken last; never goes back. */
  get now(): number {
    return this.#now;
  }

  /** Worth a batch while another one commits. */
  get areMany(): boolean {
    return this.#commandsWait || this.#options.intake.size >= large;
  }

  /** A command was inserted. */
  commandArrived(): void {
    this.#commandsWait = true;
    this.stir();
  }

  /** Ends the sleep, or the next one before it begins. */
  stir(): void {
    this.#woken = true;
    this.#wake?.();
  }

  /** Resolves when there is something worth a batch, or it is time to look. */
  async sleep(): Promise<void> {
    if (!this.#woken && this.#options.intake.size === 0 && !this.#commandsWait) await this.#untilWoken();
    this.#wake = null;
    this.#woken = false;
    if (this.#options.intake.size > 0 && !this.#isWorthwhile())
      await new Promise((resolve) => setTimeout(resolve, lingerMs));
  }

  #untilWoken(): Promise<void> {
    return new Promise<void>((resolve) => {
      const timer = setTimeout(() => {
        this.#commandsWait = true;
        resolve();
      }, tickMs);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  /** An alarm or a person's act waits for nothing. */
  #isWorthwhile(): boolean {
    const { intake } = this.#options;
    return this.#commandsWait || intake.hasAlarms || intake.size >= company;
  }

  /** Commands first, then what devices said, then what is due. */
  async take(heap: DueHeap): Promise<Batch> {
    const { intake, clock } = this.#options;
    this.#now = Math.max(this.#now, clock());
    const commands = this.#commandsWait ? await this.#takeCommands() : [];
    return { commands, deliveries: intake.take(batchLimit), due: this.#takeDue(heap) };
  }

  async #takeCommands(): Promise<Batch['commands']> {
    const { county, connection } = this.#options;
    this.#commandsWait = false;
    const found = await connection.attempt(
      (client) => loadWaitingCommands(client, county, commandLimit),
      null,
    );
    if (found === null || found.length === commandLimit) this.#commandsWait = true;
    return found ?? [];
  }

  #takeDue(heap: DueHeap): DueItem[] {
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

  /** They could not be fired: they wait before they come again. */
  putOff(items: readonly DueItem[]): void {
    for (const { id } of items) this.#putOff.set(id, this.#now + putOffMs);
  }
}
