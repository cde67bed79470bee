import type { Delivery } from './delivery.ts';
import type { DeviceEvent } from './device-event.ts';

/** A delivery in its lane, linked both ways so that it can change lanes in constant time. */
interface Entry {
  readonly delivery: Delivery;
  readonly bytes: number;
  readonly since: number;
  lane: Lane;
  before: Entry | null;
  after: Entry | null;
  /** The next queued delivery of the same device. */
  later: Entry | null;
}

/** All that one device has queued, oldest first; all of it is in one lane. */
interface Chain {
  first: Entry;
  last: Entry;
}

/** First in, first out. */
class Lane {
  size = 0;
  first: Entry | null = null;
  last: Entry | null = null;

  append(entry: Entry): void {
    entry.lane = this;
    entry.before = this.last;
    entry.after = null;
    if (this.last === null) this.first = entry;
    else this.last.after = entry;
    this.last = entry;
    this.size++;
  }

  remove(entry: Entry): void {
    if (entry.before === null) this.first = entry.after;
    else entry.before.after = entry.after;
    if (entry.after === null) this.last = entry.before;
    else entry.after.before = entry.before;
    this.size--;
  }
}

/** One in so many places of a take is telemetry's even while alarms alone would fill it: it never starves. */
const telemetryShare = 8;

/**
 * Alarms and telemetry of one world, live or drill. An alarm overtakes the telemetry of every other device,
 * never that of its own: what its device has queued moves ahead with it, and what the device sends while it
 * waits follows behind it. So all that a device has queued lies in one lane, in the order of arrival, and
 * the lanes may be emptied in any proportion. Each entry moves at most once: constant time, amortised.
 */
export class EventLanes {
  readonly #alarms = new Lane();
  readonly #telemetry = new Lane();
  readonly #chains = new Map<string, Chain>();
  #bytes = 0;

  get size(): number {
    return this.#alarms.size + this.#telemetry.size;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** When the oldest one came; null when there is none. */
  get oldestSince(): number | null {
    const alarm = this.#alarms.first?.since;
    const telemetry = this.#telemetry.first?.since;
    if (alarm === undefined) return telemetry ?? null;
    return telemetry === undefined ? alarm : Math.min(alarm, telemetry);
  }

  push(delivery: Delivery, bytes: number): void {
    const { event } = delivery;
    const since = event?.receivedAt ?? delivery.refused!.receivedAt;
    const entry: Entry = {
      delivery,
      bytes,
      since,
      lane: this.#telemetry,
      before: null,
      after: null,
      later: null,
    };
    this.#bytes += bytes;
    if (event === undefined) this.#telemetry.append(entry);
    else this.#pushEvent(event, entry);
  }

  #pushEvent({ deviceId, state }: DeviceEvent, entry: Entry): void {
    const pressing = state === 'alarm';
    const chain = this.#chains.get(deviceId);
    if (chain === undefined) {
      this.#chains.set(deviceId, { first: entry, last: entry });
      (pressing ? this.#alarms : this.#telemetry).append(entry);
      return;
    }
    if (pressing && chain.first.lane === this.#telemetry) this.#overtake(chain);
    chain.last.later = entry;
    chain.last = entry;
    chain.first.lane.append(entry);
  }

  /** Moves the oldest `limit` deliveries into `taken`, alarms first. */
  take(limit: number, taken: Delivery[]): void {
    const reserved = Math.min(this.#telemetry.size, Math.floor(limit / telemetryShare));
    const alarms = Math.min(this.#alarms.size, limit - reserved);
    this.#takeFrom(this.#alarms, alarms, taken);
    this.#takeFrom(this.#telemetry, Math.min(this.#telemetry.size, limit - alarms), taken);
  }

  #overtake(chain: Chain): void {
    for (let entry: Entry | null = chain.first; entry !== null; entry = entry.later) {
      this.#telemetry.remove(entry);
      this.#alarms.append(entry);
    }
  }

  #takeFrom(lane: Lane, count: number, taken: Delivery[]): void {
    for (let i = 0; i < count; i++) {
      const entry = lane.first!;
      lane.remove(entry);
      this.#bytes -= entry.bytes;
      if (entry.delivery.event !== undefined) this.#unchain(entry.delivery.event.deviceId, entry);
      taken.push(entry.delivery);
    }
  }

  #unchain(deviceId: string, entry: Entry): void {
    if (entry.later === null) this.#chains.delete(deviceId);
    else this.#chains.get(deviceId)!.first = entry.later;
  }
}
