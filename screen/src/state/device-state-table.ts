import { decodeStates, packedDevice, packedState } from '@fenghuo/contracts/device-states.ts';

/**
 * The state of each device by its number, as the socket tells it. It lies outside of React: a county's 212,000 devices
 * change thousands of times a second, and who draws them looks when it draws. A change costs one write.
 */
export class DeviceStateTable {
  #states: Uint8Array = new Uint8Array(0);
  #at: { stream: number; no: number } | null = null;
  readonly #listeners = new Set<() => void>();

  /** Codes by device number; empty before the first snapshot. Not to be kept: a snapshot brings another. */
  get states(): Uint8Array {
    return this.#states;
  }

  /** Takes a message. False when it does not follow what is held, or is none: ask for a snapshot. */
  take(message: Uint8Array): boolean {
    const read = readOrNull(message);
    if (read === null) return false;
    if (read.kind === 'snapshot') this.#states = read.states;
    else if (this.#at?.stream !== read.stream || this.#at.no !== read.after) return false;
    else this.#apply(read.packed);
    this.#at = { stream: read.stream, no: read.no };
    for (const listener of this.#listeners) listener();
    return true;
  }

  /** Calls after every message that changed something, until the returned function is called. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #apply(packed: Uint32Array): void {
    for (const change of packed) {
      const no = packedDevice(change);
      if (no >= this.#states.length) this.#grow(no + 1);
      this.#states[no] = packedState(change);
    }
  }

  #grow(length: number): void {
    const states = new Uint8Array(length + 1024);
    states.set(this.#states);
    this.#states = states;
  }
}

function readOrNull(message: Uint8Array) {
  try {
    return decodeStates(message);
  } catch {
    return null;
  }
}

/** Of the station that this page follows. */
export const deviceStateTable = new DeviceStateTable();
