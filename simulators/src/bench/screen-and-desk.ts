import type { LatencyHistogram } from '../flood/latency-histogram.ts';
import { RestSession } from '../station/rest-session.ts';
import { passwordOf } from '../station/station-file.ts';
import { AlarmWatch } from './alarm-watch.ts';
import type { RunningStation } from './bench-station.ts';
import type { Beside } from './durable-run.ts';
import { RestProbe } from './rest-probe.ts';
import { readHighAlarms } from './truth.ts';

/** How long the screen may take after the last acknowledgement; what comes later was not told. */
const unheardAfterMs = 10_000;

/** A screen that follows the socket and a desk that reads over REST, while a flood runs. */
export class ScreenAndDesk implements Beside {
  readonly #station: RunningStation;
  readonly #watch: AlarmWatch;
  readonly #probe: RestProbe;
  #alarms: LatencyHistogram | null = null;
  /** High alarms that did not come to the screen at all. */
  unheard = 0;

  private constructor(station: RunningStation, session: RestSession) {
    this.#station = station;
    this.#watch = new AlarmWatch(station.url, session);
    this.#probe = new RestProbe(station.url, session);
  }

  /** Signed in and following. */
  static async seated(station: RunningStation): Promise<ScreenAndDesk> {
    const { url, accounts } = station;
    const session = new RestSession({
      url,
      account: 'dispatcher',
      password: passwordOf(accounts, 'dispatcher'),
    });
    await session.signIn();
    const both = new ScreenAndDesk(station, session);
    await both.#watch.start();
    await both.#probe.prepare();
    return both;
  }

  /** From when a high alarm was meant to leave its device until it was on the screen; empty before the end. */
  get alarms(): LatencyHistogram | null {
    return this.#alarms;
  }

  get reads(): LatencyHistogram {
    return this.#probe.histogram;
  }

  begin(): void {
    this.#probe.begin();
  }

  end(): void {
    this.#probe.end();
  }

  async finish(acknowledged: string): Promise<void> {
    await this.#probe.finish();
    const high = await readHighAlarms(this.#station.databaseUrl, acknowledged);
    const { histogram, unheard } = await this.#watch.latency(high, unheardAfterMs);
    this.#alarms = histogram;
    this.unheard = unheard;
  }

  async stop(): Promise<void> {
    this.#probe.end();
    this.#watch.stop();
  }
}
