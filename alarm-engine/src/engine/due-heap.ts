/** What may fall due; each has its branch in `take-due.ts`. */
type DueKind = 'ticket-overdue' | 'flood-check';

type DueDetail = Readonly<Record<string, unknown>>;

/** Something that must happen at a time. Fired by the writer's tick; a row in `fenghuo.due` until then. */
export interface DueItem {
  id: string;
  /** Engine milliseconds. */
  at: number;
  kind: DueKind;
  /** Id of the record, or key of what it is about. */
  subject: string;
  /** What firing it needs besides, JSON; null: nothing. */
  detail: DueDetail | null;
}

/** Binary heap of due times, earliest first. Holds hints: whether an item still stands, the state knows. */
export class DueHeap {
  readonly #items: DueItem[] = [];

  peek(): DueItem | undefined {
    return this.#items[0];
  }

  push(item: DueItem): void {
    const items = this.#items;
    let i = items.push(item) - 1;
    while (i > 0) {
      const parent = (i - 1) >> 1;
      if (items[parent]!.at <= item.at) break;
      items[i] = items[parent]!;
      i = parent;
    }
    items[i] = item;
  }

  pop(): DueItem | undefined {
    const items = this.#items;
    const top = items[0];
    const last = items.pop();
    if (top === undefined || last === undefined || items.length === 0) return top;
    let i = 0;
    for (;;) {
      let child = 2 * i + 1;
      if (child >= items.length) break;
      if (child + 1 < items.length && items[child + 1]!.at < items[child]!.at) child += 1;
      if (items[child]!.at >= last.at) break;
      items[i] = items[child]!;
      i = child;
    }
    items[i] = last;
    return top;
  }
}
