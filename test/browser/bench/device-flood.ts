import type { DemoStation } from '../station.ts';

/** A turn of the flood, ms. */
const turnMs = 50;

/**
 * Devices that fall faulty and get well again, so many a second: each message changes the state of one. Published over
 * MQTT as devices would, and taken in, decided on and stored like any other.
 */
export class DeviceFlood {
  readonly #station: DemoStation;
  readonly #perTurn: number;
  #timer: ReturnType<typeof setInterval> | undefined;
  #next = 0;
  sent = 0;

  constructor(station: DemoStation, perSecond: number) {
    this.#station = station;
    this.#perTurn = (perSecond * turnMs) / 1000;
  }

  start(): void {
    this.#timer = setInterval(() => this.#turn(), turnMs);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** Each device is faulty for a round of a tenth of them, then well. */
  #turn(): void {
    const { mqtt, smokeDetectors } = this.#station;
    const round = Math.floor(smokeDetectors.length / 10);
    for (let i = 0; i < this.#perTurn; i++, this.#next++) {
      const isWell = Math.floor(this.#next / round) % 2 === 1;
      const { id } = smokeDetectors[(this.#next % round) * 10]!;
      const message = { kind: 'fault', state: isWell ? 'normal' : 'fault', ts: Date.now() };
      mqtt.publish(`fenghuo/v1/331081/${id}/event`, JSON.stringify(message), { qos: 0 });
      this.sent++;
    }
  }
}
