import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DueHeap, type DueItem } from './due-heap.ts';

test('gives back what was put in, the earliest first', () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 50 })), (times) => {
      const heap = new DueHeap();
      for (const [i, at] of times.entries())
        heap.push({ id: String(i), at, kind: 'ticket-overdue', subject: 'T', detail: null });
      const out: number[] = [];
      for (let item: DueItem | undefined = heap.pop(); item !== undefined; item = heap.pop())
        out.push(item.at);
      expect(out).toEqual([...times].sort((a, b) => a - b));
    }),
  );
});
