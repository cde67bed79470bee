import type { AlarmLine } from '@fenghuo/contracts/desk.ts';
import type { Change } from '@fenghuo/contracts/push.ts';
import type { IncidentRecord, TicketRecord } from '@fenghuo/contracts/records.ts';
import { byGravity } from './open-incidents.ts';
import type { World } from './world.ts';

/** An open incident as the list of a desk has it. Made anew when anything of it changes, so that it may be compared by identity. */
export interface Listed {
  incident: IncidentRecord;
  ticket: TicketRecord | null;
  /** Its open alarms, in the order in which they went off. */
  alarms: readonly AlarmLine[];
  /** Somebody still has to acknowledge one of its alarms. */
  unacknowledged: boolean;
}

/** Past so many incidents at once, sorting all is cheaper than putting each in its place. */
const sortAllFrom = 400;

/**
 * All open incidents with their alarms as lines, the gravest first, kept up change by change: a batch of ten costs the
 * same in a storm of 100,000 alarms as on a quiet day. Pages of alarms that the snapshot left out are filled in; what the
 * tail has spoken of since the snapshot is newer than any page and stays.
 */
export class OpenList {
  #incidents = new Map<string, IncidentRecord>();
  #tickets = new Map<string, TicketRecord>();
  #alarms = new Map<string, AlarmLine>();
  #listed = new Map<string, Listed>();
  #order: Listed[] = [];
  /** Alarms that the tail has spoken of since the snapshot. */
  #told = new Set<string>();
  #turn = 0;

  /** Counts what changed: whoever draws the list reads it again when this is another. */
  get turn(): number {
    return this.#turn;
  }

  /** The gravest first. A new array after every change. */
  get order(): readonly Listed[] {
    return this.#order;
  }

  get alarmCount(): number {
    return this.#alarms.size;
  }

  find(incident: string): Listed | undefined {
    return this.#listed.get(incident);
  }

  alarm(id: string): AlarmLine | undefined {
    return this.#alarms.get(id);
  }

  /** Begins anew with a snapshot. */
  take({ incidents, tickets, alarms }: Pick<World, 'incidents' | 'tickets' | 'alarms'>): void {
    this.#incidents = new Map(incidents);
    this.#tickets = new Map(tickets);
    this.#alarms = new Map(alarms);
    this.#told.clear();
    this.#listed.clear();
    this.#order = [];
    this.#renew(new Set(incidents.keys()));
  }

  /** What the tail says, in its order. */
  apply(changes: readonly Change[]): void {
    const touched = new Set<string>();
    for (const change of changes) this.#note(change, touched);
    if (touched.size > 0) this.#renew(touched);
  }

  /** Open alarms of a page that was read after the snapshot. */
  fill(lines: readonly AlarmLine[]): void {
    const touched = new Set<string>();
    for (const line of lines) {
      if (this.#told.has(line.id) || this.#alarms.has(line.id)) continue;
      this.#alarms.set(line.id, line);
      if (line.incident !== null) touched.add(line.incident);
    }
    if (touched.size > 0) this.#renew(touched);
  }

  #note(change: Change, touched: Set<string>): void {
    switch (change.topic) {
      case 'incident':
        keep(this.#incidents, change);
        touched.add(change.key);
        return;
      case 'ticket': {
        const before = this.#tickets.get(change.key);
        keep(this.#tickets, change);
        const incident = change.doc?.incident ?? before?.incident;
        if (incident !== undefined) touched.add(incident);
        return;
      }
      case 'alarm': {
        const before = this.#alarms.get(change.key)?.incident ?? null;
        this.#told.add(change.key);
        keep(this.#alarms, change);
        for (const incident of [before, change.doc?.incident ?? null])
          if (incident !== null) touched.add(incident);
        return;
      }
      case 'drill':
      case 'hold':
      case 'flood':
        return;
    }
  }

  #renew(touched: ReadonlySet<string>): void {
    this.#turn += 1;
    const all = touched.size >= sortAllFrom;
    const order = all ? [] : this.#order.slice();
    for (const id of touched) {
      const before = this.#listed.get(id);
      const after = this.#listedOf(id);
      if (after === null) this.#listed.delete(id);
      else this.#listed.set(id, after);
      if (!all) replace(order, before, after);
    }
    this.#order = all ? [...this.#listed.values()].sort(byGravity) : order;
  }

  /** Null: it is over, or put aside with all of its alarms and without a ticket. */
  #listedOf(id: string): Listed | null {
    const incident = this.#incidents.get(id);
    if (incident === undefined) return null;
    const alarms = incident.alarms.map((alarm) => this.#alarms.get(alarm)).filter((one) => one !== undefined);
    const ticket = incident.ticket === null ? null : (this.#tickets.get(incident.ticket) ?? null);
    if (ticket === null && alarms.length > 0 && alarms.every(isAsideLine)) return null;
    return { incident, ticket, alarms, unacknowledged: alarms.some(asks) };
  }
}

/** It rings nowhere: its state says so before anything else. */
function isAsideLine({ state }: AlarmLine): boolean {
  return state === 'shelved' || state === 'suppressed-by-design' || state === 'out-of-service';
}

/** Somebody has yet to acknowledge it. */
export function asks({ state }: Pick<AlarmLine, 'state'>): boolean {
  return state === 'unacknowledged' || state === 'returned-unacknowledged';
}

function keep<T>(
  held: Map<string, T>,
  { key, doc }: { key: string; doc: (T & { closedAt: number | null }) | null },
): void {
  if (doc === null || doc.closedAt !== null) held.delete(key);
  else held.set(key, doc);
}

/** Puts `after` where it belongs in a sorted list, in place of `before`. */
function replace(order: Listed[], before: Listed | undefined, after: Listed | null): void {
  if (before !== undefined) {
    const at = placeIn(order, before);
    if (after !== null && byGravity(before, after) === 0) {
      order[at] = after;
      return;
    }
    order.splice(at, 1);
  }
  if (after !== null) order.splice(placeIn(order, after), 0, after);
}

/** The first place whose incident does not stand before this one; ids make the order strict. */
function placeIn(order: readonly Listed[], one: Listed): number {
  let low = 0;
  let high = order.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (byGravity(order[middle]!, one) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
