import { decideOn, type World } from '../engine/decide-on.ts';
import type { Effects } from '../engine/effects.ts';
import type { LoggedBatch } from './logged-batch.ts';

/**
 * Decides on a batch of the log as the writer did: the same inputs, numbers and time, and so the same effects, byte
 * for byte (promise 8). The state, which must be as the batches before left it, moves on.
 */
export function replayBatch(world: Omit<World, 'now'>, batch: LoggedBatch): Effects {
  const { state } = world;
  const { lastNo, engineAt, commands, events, due } = batch;
  const inputs = { commands, events, due, firstDueNo: lastNo - due.length + 1 };
  const effects = decideOn({ ...world, now: engineAt }, inputs);
  state.seal(effects, { ...state.positions, engineNo: lastNo });
  state.settle();
  while ((state.dueHeap.peek()?.at ?? Number.POSITIVE_INFINITY) <= engineAt) state.dueHeap.pop();
  return effects;
}
