import type { DeafTimes } from './deaf-times.ts';
import type { LastSeen } from './last-seen.ts';

export interface EarsOptions {
  deaf: DeafTimes;
  lastSeen: LastSeen;
  /** False while nothing that devices say would be taken in. */
  canHear: () => boolean;
}

/** A moment on both clocks, ms: the wall's may jump, the process's only goes forward. */
export interface Moment {
  now: number;
  monotonic: number;
}

/** Two listenings further apart than this, on either clock: the process stood still, or the clock was moved. */
const stallMs = 10_000;
/** After a time of deafness devices need so long to connect again. */
const reconnectMs = 2 * 60_000;

/** Notices when we could not hear, from one listening to the next; called about once a second. */
export class Ears {
  readonly #options: EarsOptions;
  #last: Moment | null = null;
  #heard = true;

  constructor(options: EarsOptions) {
    this.#options = options;
  }

  /** `heardUntil`: when what was heard before the start was last written down; null at the very first start. */
  start(moment: Moment, heardUntil: number | null): void {
    if (heardUntil !== null)
      this.#options.deaf.add(Math.min(heardUntil, moment.now), moment.now + reconnectMs);
    this.#options.lastSeen.holdBefore(moment.now);
    this.#last = moment;
  }

  /** True when silence since the last listening means something. */
  listen(moment: Moment): boolean {
    const { deaf, lastSeen, canHear } = this.#options;
    const before = this.#last ?? moment;
    this.#last = moment;
    const wall = moment.now - before.now;
    const passed = moment.monotonic - before.monotonic;
    if (wall < passed - stallMs) lastSeen.holdBefore(moment.now);
    const stalled = wall > stallMs;
    const hears = canHear();
    if (stalled) deaf.add(before.now, moment.now + reconnectMs);
    else if (!hears || !this.#heard) deaf.add(before.now, moment.now);
    this.#heard = hears;
    return hears && !stalled;
  }
}
