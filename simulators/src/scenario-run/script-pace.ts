import type { Pace } from '../flood/pace.ts';
import type { Publication } from '../scenario/script.ts';
import type { ScriptPlan } from './script-plan.ts';

/**
 * Every message at the moment that its story says, whatever became of those before it. It can be stopped for a while:
 * what was not due by then comes so much later. Times are ms of `performance.now()`.
 */
export class ScriptPace implements Pace {
  readonly gathers = false;
  readonly #publications: readonly Publication[];
  readonly #plan: ScriptPlan;
  #startsAt: number;
  #next = 0;
  #pausedAt: number | null = null;
  #end: number;

  constructor(publications: readonly Publication[], plan: ScriptPlan, startsAt: number) {
    this.#publications = publications;
    this.#plan = plan;
    this.#startsAt = startsAt;
    this.#end = publications.length;
  }

  /** Since the start, pauses left out. */
  elapsed(now: number): number {
    return (this.#pausedAt ?? now) - this.#startsAt;
  }

  /** When the last message that came to its turn was meant to leave. */
  get lastDueAt(): number {
    return this.#startsAt + (this.#publications[this.#next - 1]?.at ?? 0);
  }

  get isPaused(): boolean {
    return this.#pausedAt !== null;
  }

  pause(now: number): void {
    this.#pausedAt ??= now;
  }

  resume(now: number): void {
    if (this.#pausedAt === null) return;
    this.#startsAt += Math.ceil(now - this.#pausedAt);
    this.#pausedAt = null;
  }

  intendedAt(connection: number, place: number): number {
    const publication = this.#plan.publicationAt(connection, place);
    if (publication === undefined || publication >= this.#end) return Number.POSITIVE_INFINITY;
    const at = this.#startsAt + this.#publications[publication]!.at;
    return at > (this.#pausedAt ?? Number.POSITIVE_INFINITY) ? Number.POSITIVE_INFINITY : at;
  }

  due(now: number): Iterable<number> {
    const due = new Set<number>();
    while (this.#isDue(now)) due.add(this.#plan.connectionOf(this.#next++));
    return due;
  }

  /** Nothing that has not been due by now leaves any more, paused or not. */
  end(): void {
    this.#end = Math.min(this.#end, this.#next);
    this.#pausedAt = null;
  }

  /** Nothing leaves any more, whatever was due. */
  halt(): void {
    this.#end = 0;
    this.#pausedAt = null;
  }

  /** Messages whose turn has come, gone or not. */
  get called(): number {
    return this.#next;
  }

  isOver(): boolean {
    return this.#next >= this.#end;
  }

  #isDue(now: number): boolean {
    return this.#next < this.#end && this.#publications[this.#next]!.at <= this.elapsed(now);
  }
}
