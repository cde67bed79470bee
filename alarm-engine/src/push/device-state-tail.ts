import { packedDevice, packedState } from '@fenghuo/contracts/device-states.ts';
import type { Logger } from 'pino';
import type { Listener } from '../store/listener.ts';
import type { Queryable } from '../store/queryable.ts';
import { listStateChanges } from '../store/sql/list-state-changes.ts';
import { readDeviceStates } from '../store/sql/read-device-states.ts';
import type { StoredStates } from '../store/sql/save-device-states.ts';

export interface DeviceStateTailOptions {
  db: Queryable;
  county: string;
  listener: Listener;
  log: Logger;
  /** States changed: to where, and which. */
  onChanges: (to: { stream: number; after: number; no: number; packed: Uint32Array }) => void;
  /** All states were read anew. */
  onReset: () => void;
}

/** For a notification that was missed. */
const lookEveryMs = 2000;

/** Holds the state of every device as the writer tells it, by number; what does not follow is read anew. */
export class DeviceStateTail {
  readonly #options: DeviceStateTailOptions;
  #held: StoredStates | null = null;
  #timer: NodeJS.Timeout | null = null;
  #looking: Promise<void> | null = null;
  #again = false;

  constructor(options: DeviceStateTailOptions) {
    this.#options = options;
  }

  /** Null while the writer has told none. */
  get held(): Readonly<StoredStates> | null {
    return this.#held;
  }

  /** Before the listener starts. */
  async start(): Promise<void> {
    const { listener, county } = this.#options;
    listener.on('fenghuo_device_state', (payload) => {
      if (payload === county) void this.look();
    });
    listener.onResume(() => void this.look());
    await this.look();
    this.#timer = setInterval(() => void this.look(), lookEveryMs);
  }

  async stop(): Promise<void> {
    if (this.#timer !== null) clearInterval(this.#timer);
    await this.#looking;
  }

  /** Reads what is new; when it resolves, everything committed before the call is held. Never rejects. */
  look(): Promise<void> {
    this.#again = true;
    this.#looking ??= this.#readOn();
    return this.#looking;
  }

  async #readOn(): Promise<void> {
    try {
      while (this.#again) {
        this.#again = false;
        await this.#read();
      }
    } catch (error) {
      this.#options.log.warn({ err: error }, 'the states of devices could not be read');
    } finally {
      this.#looking = null;
    }
  }

  async #read(): Promise<void> {
    const { db, county, onChanges } = this.#options;
    const held = this.#held;
    if (held === null) return this.#readAll();
    const { stored, changes } = await listStateChanges(db, { county, stream: held.stream, after: held.no });
    if (stored === null) return;
    const last = changes.at(-1)?.no ?? held.no;
    const follows = changes.every(({ no }, i) => no === held.no + 1 + i);
    if (stored.stream !== held.stream || !follows || stored.no > last) return this.#readAll();
    if (changes.length === 0) return;
    const after = held.no;
    for (const { packed } of changes) this.#apply(held, packed);
    held.no = last;
    onChanges({ stream: held.stream, after, no: last, packed: joined(changes.map(({ packed }) => packed)) });
  }

  async #readAll(): Promise<void> {
    const { db, county, onReset } = this.#options;
    const stored = await readDeviceStates(db, county);
    if (stored === null) return;
    this.#held = stored;
    this.#again = true;
    onReset();
  }

  #apply(held: StoredStates, packed: Uint32Array): void {
    for (const change of packed) {
      const no = packedDevice(change);
      if (no >= held.states.length) held.states = longer(held.states, no + 1);
      held.states[no] = packedState(change);
    }
  }
}

function longer(states: Uint8Array, length: number): Uint8Array {
  const more = new Uint8Array(length);
  more.set(states);
  return more;
}

function joined(parts: readonly Uint32Array[]): Uint32Array {
  if (parts.length === 1) return parts[0]!;
  const all = new Uint32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
