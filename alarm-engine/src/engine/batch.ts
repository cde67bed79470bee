import type { Delivery } from '@fenghuo/gateway/intake-queue.ts';
import type { DueItem } from './due-heap.ts';
import type { WaitingCommand } from './inputs.ts';

/** The inputs of one transaction, in the order in which the writer takes them. */
export interface Batch {
  commands: readonly WaitingCommand[];
  deliveries: readonly Delivery[];
  due: readonly DueItem[];
}

export const nothing: Batch = { commands: [], deliveries: [], due: [] };

export function batchSize(batch: Batch): number {
  return batch.commands.length + batch.deliveries.length + batch.due.length;
}

/** Two halves in order, for finding the input that the database refuses. */
export function splitBatch({ commands, deliveries, due }: Batch): [Batch, Batch] {
  const cut = (commands.length + deliveries.length + due.length) >> 1;
  const at = <T>(list: readonly T[], offset: number): [readonly T[], readonly T[]] => {
    const here = Math.max(0, Math.min(list.length, cut - offset));
    return [list.slice(0, here), list.slice(here)];
  };
  const [commands1, commands2] = at(commands, 0);
  const [deliveries1, deliveries2] = at(deliveries, commands.length);
  const [due1, due2] = at(due, commands.length + deliveries.length);
  return [
    { commands: commands1, deliveries: deliveries1, due: due1 },
    { commands: commands2, deliveries: deliveries2, due: due2 },
  ];
}
