import { cameraStates } from '@fenghuo/contracts/cameras.ts';
import { type CameraCheck, checkCamera, type Look } from './check-camera.ts';
import type { ScanBoard } from './scan-board.ts';

/** A camera to look at. */
export interface ScanTarget {
  no: number;
  url: string;
}

export interface CountyScanOptions {
  /** Time for one round over the county. */
  roundMs: number;
  /** Looks under way at once. A camera that does not answer takes one for the whole of its time-out. */
  mostAtOnce: number;
  fetch: CameraCheck['fetch'];
  now: () => number;
}

const tickMs = 100;
/** Of every round each third camera's picture is compared, 2.5 MB/s in a county; a frozen one always. */
const sampleEvery = 3;
const frozen = cameraStates.indexOf('frozen');

/** The county scan: every camera once a round, at an even pace. Late rounds are not caught up on. */
export class CountyScan {
  readonly #options: CountyScanOptions;
  readonly #looks = new Map<number, Look>();
  readonly #underWay = new Set<Promise<void>>();
  #targets: readonly ScanTarget[] = [];
  #board: ScanBoard | null = null;
  #round = 0;
  #begun = 0;
  #startedAt = 0;
  #lastRoundMs: number | null = null;
  #timer: NodeJS.Timeout | null = null;

  constructor(options: CountyScanOptions) {
    this.#options = options;
  }

  /** From now on these, and what is found goes onto this board. A round that runs begins anew. */
  aim(targets: readonly ScanTarget[], board: ScanBoard): void {
    this.#targets = targets;
    this.#board = board;
    this.#beginRound();
  }

  start(): void {
    this.#timer ??= setInterval(() => this.#tick(), tickMs);
  }

  async stop(): Promise<void> {
    if (this.#timer !== null) clearInterval(this.#timer);
    await Promise.all(this.#underWay);
  }

  #beginRound(): void {
    this.#round += 1;
    this.#begun = 0;
    this.#startedAt = performance.now();
  }

  #tick(): void {
    const { roundMs, mostAtOnce } = this.#options;
    const count = this.#targets.length;
    if (this.#begun === count && this.#underWay.size === 0) this.#endRound();
    const elapsed = performance.now() - this.#startedAt;
    const due = Math.min(count, Math.ceil((elapsed / roundMs) * count));
    while (this.#begun < due && this.#underWay.size < mostAtOnce) this.#begin(this.#begun++);
    this.#board?.tellRound(this.#lastRoundMs, count === 0 ? 0 : (this.#begun - this.#underWay.size) / count);
  }

  /** A round that was done before its time waits for it. */
  #endRound(): void {
    const elapsed = performance.now() - this.#startedAt;
    if (this.#targets.length === 0 || elapsed < this.#options.roundMs) return;
    this.#lastRoundMs = elapsed;
    this.#beginRound();
  }

  #begin(index: number): void {
    const looking = this.#look(index).finally(() => this.#underWay.delete(looking));
    this.#underWay.add(looking);
  }

  async #look(index: number): Promise<void> {
    const { fetch, now } = this.#options;
    const { no, url } = this.#targets[index]!;
    const board = this.#board!;
    const sampled = (index + this.#round) % sampleEvery === 0 || board.states[no] === frozen;
    const finding = await checkCamera({ url, before: this.#looks.get(no) ?? null, sampled, now, fetch });
    if (finding.look !== null) this.#looks.set(no, finding.look);
    this.#board?.put(no, finding, now());
  }
}
