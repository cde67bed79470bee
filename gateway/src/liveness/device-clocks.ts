import type { DeviceEvent } from '../device-event.ts';

/** A device clock that is off. */
export interface ClockFault {
  /** When the first event with a wrong time came, by the gateway's clock; ms since 1970. */
  since: number;
  /** How far it is off, ms; negative: behind. */
  offsetMs: number;
}

/** A device whose clock went wrong, or is right again (null). */
export interface ClockChange {
  deviceNo: number;
  fault: ClockFault | null;
}

/** An offset that moved by less is not written down again. */
const driftMs = 60_000;

/**
 * Which devices have a clock that is off by more than `clockToleranceMs`: flagged by an event whose time is not
 * believed, cleared by the next one whose time is right. Nothing else depends on it: windows use engine time.
 */
export class DeviceClocks {
  readonly #faults = new Map<number, ClockFault>();
  readonly #changed = new Set<number>();

  /** A live event of a device; a spooled or retained one says nothing of the clock that it came from. */
  note(deviceNo: number, event: DeviceEvent): void {
    if (deviceNo < 0 || !event.hasDeviceTime) return;
    if (event.skewed) this.#isOff(deviceNo, event);
    else if (!event.late && !event.retained && this.#faults.delete(deviceNo)) this.#changed.add(deviceNo);
  }

  #isOff(deviceNo: number, { at, receivedAt, retained }: DeviceEvent): void {
    if (retained) return;
    const known = this.#faults.get(deviceNo);
    const offsetMs = at - receivedAt;
    if (known !== undefined && Math.abs(known.offsetMs - offsetMs) < driftMs) return;
    this.#faults.set(deviceNo, { since: known?.since ?? receivedAt, offsetMs });
    this.#changed.add(deviceNo);
  }

  /** What is known from before the start. */
  restore(deviceNo: number, fault: ClockFault): void {
    this.#faults.set(deviceNo, fault);
  }

  /** What changed since the last drain, as it now is; if it cannot be written down, {@link keepChanges}. */
  drainChanges(): ClockChange[] {
    const changes = [...this.#changed].map((deviceNo) => ({
      deviceNo,
      fault: this.#faults.get(deviceNo) ?? null,
    }));
    this.#changed.clear();
    return changes;
  }

  keepChanges(changes: readonly ClockChange[]): void {
    for (const { deviceNo } of changes) this.#changed.add(deviceNo);
  }
}
