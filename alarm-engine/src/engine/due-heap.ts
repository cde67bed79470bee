import type { TicketRecord } from '@fenghuo/contracts/records.ts';
import type { DeviceEvent } from '@fenghuo/gateway/device-event.ts';

/** What may fall due and needs nothing but its subject; each has its branch in `take-due.ts`. */
type PlainKind =
  | 'ticket-overdue'
  | 'ticket-unacknowledged'
  | 'supervision-until'
  | 'flood-check'
  | 'broadcast-ends'
  | 'off-delay'
  | 'planned-end'
  | 'group-wait'
  | 'unacknowledged'
  | 'unshelve'
  | 'escalate'
  | 'duty-ends'
  | EndOfHold;
export type EndOfHold = 'return-to-service' | 'end-building-test';

/** The event that began the on-delay of a rule. */
interface DelayedEvent {
  rule: string;
  event: Omit<DeviceEvent, 'ident'>;
}

/** Something that must happen at a time. Fired by the writer's tick; a row in `fenghuo.due` until then. */
export type DueItem = {
  id: string;
  /** Engine milliseconds. */
  at: number;
  /** Id of what it is about. */
  subject: string;
} & (
  | { kind: PlainKind; detail: null }
  | { kind: 'on-delay'; detail: DelayedEvent }
  /** The ticket as it was closed: it is not in memory any more. */
  | { kind: 'follow-up-due'; detail: TicketRecord }
);

/**
 * Binary heap of due times, earliest first, of one time by id: the same after a restart. Holds hints: whether an item
 * still stands, the state knows.
 */
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
      if (!isBefore(item, items[parent]!)) break;
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
      if (child + 1 < items.length && isBefore(items[child + 1]!, items[child]!)) child += 1;
      if (!isBefore(items[child]!, last)) break;
      items[i] = items[child]!;
      i = child;
    }
    items[i] = last;
    return top;
  }
}

function isBefore(a: DueItem, b: DueItem): boolean {
  return a.at < b.at || (a.at === b.at && a.id < b.id);
}
