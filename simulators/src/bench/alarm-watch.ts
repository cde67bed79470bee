import { LatencyHistogram } from '../flood/latency-histogram.ts';
import { Feed } from '../station/feed.ts';
import type { RestSession } from '../station/rest-session.ts';

const lookMs = 100;

/** One screen: notes when each device's high alarm reaches it, on the monotonic clock of the machine. */
export class AlarmWatch {
  readonly #feed: Feed;
  readonly #heardAt = new Map<string, number>();
  #onWorld: () => void = () => {};

  constructor(url: string, session: RestSession) {
    this.#feed = new Feed({
      url,
      session,
      onWorld: () => this.#onWorld(),
      onAlarm: ({ device, severity }) => {
        if (severity === 'high' && !this.#heardAt.has(device)) this.#heardAt.set(device, monotonicMs());
      },
    });
  }

  /** Resolves when it has the world as it is. */
  async start(): Promise<void> {
    const first = new Promise<void>((resolve) => {
      this.#onWorld = resolve;
    });
    this.#feed.start();
    await first;
  }

  stop(): void {
    this.#feed.stop();
  }

  /** From the moment meant for each alarm to the screen. Waits a while for what is on its way. */
  async latency(
    alarms: readonly { device: string; alarmAt: number }[],
    withinMs: number,
  ): Promise<{ histogram: LatencyHistogram; unheard: number }> {
    const unheard = () => alarms.filter(({ device }) => !this.#heardAt.has(device)).length;
    for (let waited = 0; waited < withinMs && unheard() > 0; waited += lookMs)
      await new Promise((resolve) => setTimeout(resolve, lookMs));
    const histogram = new LatencyHistogram();
    for (const { device, alarmAt } of alarms) {
      const heardAt = this.#heardAt.get(device);
      if (heardAt !== undefined) histogram.record((heardAt - alarmAt) * 1000);
    }
    return { histogram, unheard: unheard() };
  }
}

function monotonicMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
