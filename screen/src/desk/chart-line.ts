import type { HistoryEvent } from '@fenghuo/contracts/history.ts';

export interface ChartLine {
  /** `states`: 1 in alarm, 0 not, because too few of the events tell a value. */
  told: 'values' | 'states';
  unit: string;
  points: { at: number; value: number; alarm: boolean }[];
}

/** What is drawn of a detector's events, the oldest first. Pure. */
export function chartLine(
  events: readonly Pick<HistoryEvent, 'time' | 'value' | 'unit' | 'state'>[],
): ChartLine {
  const inOrder = [...events].sort((a, b) => a.time - b.time);
  const measured = inOrder.filter(({ value }) => value !== null);
  const told = measured.length >= inOrder.length / 2 && measured.length > 0 ? 'values' : 'states';
  const drawn = told === 'values' ? measured : inOrder;
  return {
    told,
    unit: measured.at(-1)?.unit ?? '',
    points: drawn.map(({ time, value, state }) => ({
      at: time,
      value: told === 'values' ? (value ?? 0) : Number(state === 'alarm'),
      alarm: state === 'alarm',
    })),
  };
}
