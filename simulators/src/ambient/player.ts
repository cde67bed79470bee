import type { DeviceMessage } from '@fenghuo/contracts/device-message.ts';
import type { Act } from './act.ts';
import type { SetOff, SetOffLog } from './set-off-log.ts';

/** Publishes one event of a device; resolves once the server has stored it. */
type SendEvent = (device: string, message: DeviceMessage) => Promise<void>;

export interface PlayerOptions {
  log: SetOffLog;
  send: SendEvent;
  /** Opens the ids of its messages; no other run may have it. */
  run: string;
  /** Told when a message could not be sent. */
  onError: (error: Error) => void;
}

/** An act in real milliseconds since 1970. */
export interface TimedAct {
  act: Act;
  beginsAt: number;
  endsAt: number;
}

/** What is later than this is not set off any more: a demo that slept does not catch up on a day of alarms. */
const tooLateMs = 2 * 60_000;
/** Messages that may wait for their PUBACK; a server that answers nothing is told nothing more. */
const mostInFlight = 64;

/**
 * Plays acts when they are due. A device that is lit is left as it is; what was lit is always put out, also
 * what an earlier run left lit.
 */
export class Player {
  readonly #options: PlayerOptions;
  #queue: TimedAct[] = [];
  #ending = new Set<SetOff>();
  #inFlight = 0;
  #sent = 0;

  constructor(options: PlayerOptions) {
    this.#options = options;
  }

  /** Acts that have not begun. */
  get waiting(): number {
    return this.#queue.length;
  }

  queue(acts: readonly TimedAct[]): void {
    this.#queue = [...this.#queue, ...acts].sort((a, b) => a.beginsAt - b.beginsAt);
  }

  /** Sends what is due at `now`. To be called a few times a second. */
  tick(now: number): void {
    while (this.#inFlight < mostInFlight && this.#queue[0] !== undefined && this.#queue[0].beginsAt <= now)
      this.#begin(this.#queue.shift()!, now);
    for (const entry of this.#options.log.entries) {
      if (this.#inFlight >= mostInFlight) break;
      if (!entry.ended && entry.endsAt <= now && !this.#ending.has(entry)) this.#end(entry, now);
    }
  }

  #begin({ act, beginsAt, endsAt }: TimedAct, now: number): void {
    const { log } = this.#options;
    if (now - beginsAt > tooLateMs || log.isLit(act.device)) return;
    const { device, story, found, message } = act;
    log.add({
      device,
      kind: message.kind,
      story,
      found,
      at: now,
      endsAt: now + endsAt - beginsAt,
      ended: false,
      incident: null,
    });
    this.#publish(device, message, now).catch(this.#options.onError);
  }

  #end(entry: SetOff, now: number): void {
    const { log, onError } = this.#options;
    this.#ending.add(entry);
    this.#publish(entry.device, { kind: entry.kind, state: 'normal' }, now)
      .then(() => log.end(entry), onError)
      .finally(() => this.#ending.delete(entry));
  }

  async #publish(device: string, message: Act['message'], now: number): Promise<void> {
    this.#inFlight += 1;
    this.#sent += 1;
    const id = `${this.#options.run}-${this.#sent}`;
    try {
      await this.#options.send(device, { id, ts: now, ...message });
    } finally {
      this.#inFlight -= 1;
    }
  }
}
