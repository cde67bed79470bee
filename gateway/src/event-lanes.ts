import type { Delivery } from './delivery.ts';
import type { DeviceEvent } from './device-event.ts';

/** A delivery in its lane, linked both ways so that it can change lanes in constant time. */
interface Entry {
  readonly delivery: Delivery;
  readonly bytes: number;
  readonly since: number;
  /** Null once it is taken. */
  lane: Lane | null;
  before: Entry | null;
  after: Entry | null;
  /** What the same device had queued before it; taken by now, perhaps. */
  earlier: Entry | null;
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
    entry.lane = null;
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
  /** What each device queued last: by number, and by id where it has none. */
  readonly #lastOf: (Entry | undefined)[] = [];
  readonly #lastOfUnknown = new Map<string, Entry>();
  #bytes = 0;

  get size(): number {
    return this.#alarms.size + this.#telemetry.size;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** An alarm waits, or what its device queued before it. */
  get hasAlarms(): boolean {
    return this.#alarms.size > 0;
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
    const entry: Entry = { delivery, bytes, since, lane: null, before: null, after: null, earlier: null };
    this.#bytes += bytes;
    if (event === undefined) this.#telemetry.append(entry);
    else this.#pushEvent(event, delivery.deviceNo ?? -1, entry);
  }

  #pushEvent({ deviceId, state }: DeviceEvent, deviceNo: number, entry: Entry): void {
    const last = this.#replaceLast(deviceId, deviceNo, entry);
    const pressing = state === 'alarm';
    if (last === undefined || last.lane === null) {
      (pressing ? this.#alarms : this.#telemetry).append(entry);
      return;
    }
    entry.earlier = last;
    if (pressing && last.lane === this.#telemetry) this.#overtake(last);
    last.lane.append(entry);
  }

  /** What the device queued before. It may have got its number in between. */
  #replaceLast(deviceId: string, deviceNo: number, entry: Entry): Entry | undefined {
    const unnumbered = this.#lastOfUnknown.size === 0 ? undefined : this.#lastOfUnknown.get(deviceId);
    if (deviceNo < 0) {
      this.#lastOfUnknown.set(deviceId, entry);
      return unnumbered;
    }
    while (this.#lastOf.length <= deviceNo) this.#lastOf.push(undefined);
    const last = this.#lastOf[deviceNo] ?? unnumbered;
    this.#lastOf[deviceNo] = entry;
    return last;
  }

  /** Moves the oldest `limit` deliveries into `taken`, alarms first. */
  take(limit: number, taken: Delivery[]): void {
    const reserved = Math.min(this.#telemetry.size, Math.floor(limit / telemetryShare));
    const alarms = Math.min(this.#alarms.size, limit - reserved);
    this.#takeFrom(this.#alarms, alarms, taken);
    this.#takeFrom(this.#telemetry, Math.min(this.#telemetry.size, limit - alarms), taken);
  }

  /** Moves what a device has queued, up to `last`, behind the alarms, in its order. */
  #overtake(last: Entry): void {
    const chain: Entry[] = [];
    for (let entry: Entry | null = last; entry !== null && entry.lane !== null; entry = entry.earlier)
      chain.push(entry);
    for (const entry of chain.reverse()) {
      this.#telemetry.remove(entry);
      this.#alarms.append(entry);
    }
  }

  #takeFrom(lane: Lane, count: number, taken: Delivery[]): void {
    for (let i = 0; i < count; i++) {
      const entry = lane.first!;
      lane.remove(entry);
      this.#bytes -= entry.bytes;
      entry.earlier = null;
      this.#forget(entry);
      taken.push(entry.delivery);
    }
  }

  /** Lets go of it, or a device that is silent from now on would keep its last event in memory. */
  #forget(entry: Entry): void {
    const { event, deviceNo = -1 } = entry.delivery;
    if (event === undefined) return;
    if (deviceNo >= 0) {
      if (this.#lastOf[deviceNo] === entry) this.#lastOf[deviceNo] = undefined;
    } else if (this.#lastOfUnknown.get(event.deviceId) === entry) this.#lastOfUnknown.delete(event.deviceId);
  }
}
