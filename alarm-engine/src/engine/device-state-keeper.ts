import type { Logger } from 'pino';
import type { Queryable } from '../store/queryable.ts';
import { appendStateChanges } from '../store/sql/append-state-changes.ts';
import { saveDeviceStates } from '../store/sql/save-device-states.ts';
import { DeviceStateBoard, type DeviceStateBoardOptions } from './device-state-board.ts';

export interface DeviceStateKeeperOptions extends DeviceStateBoardOptions {
  pool: Queryable;
  county: string;
  /** Epoch of the lease: names the stream. */
  epoch: number;
  log: Logger;
}

/** Screens hear of changes at most so often, ms. */
const tickMs = 250;
/** The whole county is looked at in so many ticks: who is heard for the first time shows within 5 s. */
const ticksPerRound = 20;
/** After so many changes all states are stored: a web that starts reads no more changes than that. */
const changesPerSnapshot = 80;

/**
 * Tells the webs which state each device is in, by way of the database: no web touches the memory of the engine.
 * One look and one small statement a tick, and nothing while nothing changes.
 */
export class DeviceStateKeeper {
  readonly #options: DeviceStateKeeperOptions;
  readonly #board: DeviceStateBoard;
  #timer: NodeJS.Timeout | null = null;
  #busy: Promise<void> | null = null;
  #no = 0;
  /** Number of the states that are stored; null: none of this stream is. */
  #storedNo: number | null = null;

  constructor(options: DeviceStateKeeperOptions) {
    this.#options = options;
    this.#board = new DeviceStateBoard(options);
  }

  start(): void {
    this.#timer = setInterval(() => {
      this.#busy ??= this.tick().finally(() => {
        this.#busy = null;
      });
    }, tickMs);
  }

  async stop(): Promise<void> {
    if (this.#timer !== null) clearInterval(this.#timer);
    await this.#busy;
  }

  /** Never rejects: what could not be told is told with all states, once the database answers. */
  async tick(): Promise<void> {
    const { devices, log } = this.#options;
    const first = this.#storedNo === null;
    const changes = this.#board.look(first ? devices.deviceCount : devices.deviceCount / ticksPerRound + 1);
    if (changes.length === 0 && !first) return;
    this.#no++;
    try {
      if (first || !(await this.#append(changes))) await this.#saveAll();
      else if (this.#no - this.#storedNo! >= changesPerSnapshot) await this.#saveAll();
    } catch (error) {
      this.#storedNo = null;
      log.warn({ err: error }, 'states of devices not told');
    }
  }

  #append(packed: Uint32Array): Promise<boolean> {
    const { pool, county, epoch: stream } = this.#options;
    return appendStateChanges(pool, county, {
      stream,
      no: this.#no,
      packed,
      forgetUntil: this.#storedNo! - changesPerSnapshot,
    });
  }

  async #saveAll(): Promise<void> {
    const { pool, county, epoch: stream } = this.#options;
    const no = this.#no;
    await saveDeviceStates(pool, county, { stream, no, states: this.#board.states.slice() });
    this.#storedNo = no;
  }
}
