import type { ActsMode, ActsOutcome } from '@fenghuo/contracts/backtest.ts';
import type { Workflow } from '@fenghuo/contracts/workflow.ts';
import type { World } from '../engine/decide-on.ts';
import type { DueItem } from '../engine/due-heap.ts';
import type { Effects } from '../engine/effects.ts';
import { EngineState } from '../engine/engine-state.ts';
import type { Rulebook } from '../rules/rulebook.ts';
import { actAgain } from './act-again.ts';
import type { LoggedBatch, TakenCommand } from './logged-batch.ts';
import { replayBatch } from './replay.ts';
import { TrialTally } from './trial-tally.ts';

export interface TrialOptions extends Pick<World, 'registry' | 'timeZone'> {
  rulebook: Rulebook;
  /** Under which all its tickets open. */
  workflow: Workflow;
  acts: ActsMode;
}

/** What falls due under this book alone is numbered from here, so that events keep their numbers, and ids with them. */
const ownNumbers = 2 ** 50;

/**
 * History under a rulebook: from an empty world, under the clock of the log. What falls due is fired at its own time,
 * or in its turn of the log where it was fired there, too.
 */
export class Trial {
  readonly tally = new TrialTally();
  readonly acts: ActsOutcome = { done: 0, noSubject: 0, refused: 0 };
  readonly #mode: ActsMode;
  readonly #state: EngineState;
  readonly #world: Omit<World, 'now'>;
  #ownNo = ownNumbers;

  constructor({ acts, rulebook, workflow, ...world }: TrialOptions) {
    this.#mode = acts;
    this.#state = new EngineState({ rulebook, workflows: [workflow] });
    this.#world = { ...world, state: this.#state };
  }

  take(batch: LoggedBatch): void {
    this.#fireUpTo(batch.engineAt, batch.due);
    for (const command of batch.commands) this.#act(batch, command);
    if (batch.events.length > 0 || batch.due.length > 0) this.#decide({ ...batch, commands: [] });
  }

  /** Fires what is due by then and is not fired in the log's own turn. */
  #fireUpTo(at: number, except: readonly string[]): void {
    const { dueHeap, due } = this.#state;
    const later: DueItem[] = [];
    for (let next = dueHeap.peek(); next !== undefined && next.at <= at; next = dueHeap.peek()) {
      dueHeap.pop();
      if (due.get(next.id)?.at !== next.at) continue;
      if (except.includes(next.id)) later.push(next);
      else this.#fire(next);
    }
    for (const item of later) dueHeap.push(item);
  }

  #fire({ id, at }: DueItem): void {
    this.#ownNo += 1;
    const no = { firstNo: this.#ownNo, lastNo: this.#ownNo };
    this.#decide({ ...no, engineAt: at, commands: [], events: [], due: [id] });
  }

  #act(batch: LoggedBatch, taken: TakenCommand): void {
    if (this.#mode === 'left-out' && 'expectedVersion' in taken.body) return;
    const again = actAgain(this.#state, taken);
    if (again.what === 'no-subject') this.acts.noSubject += 1;
    if (again.what !== 'act') return;
    const { answers } = this.#decide({ ...batch, commands: [again.command], events: [], due: [] });
    if (answers[0]!.answer.ok) this.acts.done += 1;
    else this.acts.refused += 1;
  }

  #decide(batch: LoggedBatch): Effects {
    const effects = replayBatch(this.#world, batch);
    this.tally.take(effects);
    return effects;
  }
}
