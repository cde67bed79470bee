import type { HeartbeatRate } from './rates.ts';

/**
 * How many heartbeats should have been sent `elapsedMs` after the beginning: all `devices` within the first
 * round, then all of them in each round. Pure; fractions wait for their next millisecond.
 */
export function beatsDue({ everyS, firstRoundS }: HeartbeatRate, devices: number, elapsedMs: number): number {
  const first = Math.min(1, elapsedMs / 1000 / firstRoundS);
  const later = Math.max(0, elapsedMs / 1000 - firstRoundS) / everyS;
  return Math.floor(devices * (first + later));
}

/**
 * A stride that visits every one of `count` devices once a round and leaps across the county meanwhile:
 * the first odd number near the golden section without a common divisor.
 */
export function roundStride(count: number): number {
  let stride = Math.max(1, Math.floor(count * 0.618)) | 1;
  while (commonDivisor(stride, count) > 1) stride += 2;
  return stride;
}

function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b);
}

/** Sends one heartbeat; false when there is no way to send it now. */
type SendHeartbeat = (device: string) => boolean;

export interface HeartbeatsOptions {
  devices: readonly string[];
  rate: HeartbeatRate;
  send: SendHeartbeat;
}

const tickMs = 100;
/** At most so many a tick: 5,000/s, above the first round of a county (3,533/s). */
const burst = 500;

/** Has every device of the estate say that it lives. While it cannot send it waits, and does not catch up. */
export class Heartbeats {
  readonly #options: HeartbeatsOptions;
  #timer: NodeJS.Timeout | null = null;
  #sent = 0;
  #startedAt = 0;
  #stride = 1;

  constructor(options: HeartbeatsOptions) {
    this.#options = options;
  }

  start(): void {
    this.#startedAt = performance.now();
    this.#stride = roundStride(this.#options.devices.length);
    this.#timer = setInterval(() => this.#tick(), tickMs);
  }

  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
  }

  #tick(): void {
    const { devices, rate, send } = this.#options;
    const due = beatsDue(rate, devices.length, performance.now() - this.#startedAt);
    const until = Math.min(due, this.#sent + burst);
    while (this.#sent < until && send(devices[(this.#sent * this.#stride) % devices.length]!))
      this.#sent += 1;
    // A pause is a pause and no debt: the beginning moves with it.
    if (due - this.#sent > burst) this.#startedAt += tickMs;
  }
}
