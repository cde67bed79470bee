import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DueHeap, type DueItem } from './due-heap.ts';

test('gives back what was put in, the earliest first, of one time by id', () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 50 })), (times) => {
      const heap = new DueHeap();
      for (const [i, at] of times.entries())
        heap.push({ id: String(i + 100), at, kind: 'ticket-overdue', subject: 'T', detail: null });
      const key = (at: number, id: string) => at * 1000 + Number(id);
      const out: number[] = [];
      for (let item: DueItem | undefined = heap.pop(); item !== undefined; item = heap.pop())
        out.push(key(item.at, item.id));
      const sorted = times.map((at, i) => key(at, String(i + 100))).sort((a, b) => a - b);
      expect(out).toEqual(sorted);
    }),
  );
});
