import type { StandingEstate } from '../read-estate.ts';
import type { ScriptWishes } from '../scenario/compose-script.ts';
import { composeText } from '../scenario/compose-script.ts';
import type { ScenarioText } from '../scenario/read-scenario.ts';
import { foretoldAlarms, type Script } from '../scenario/script.ts';
import type { RestSession } from '../station/rest-session.ts';
import { type Evidence, judge } from '../verdict/judge.ts';
import { type Facts, readFacts } from '../verdict/read-facts.ts';
import type { LedgerRow } from '../verdict/sql/make-ledger.ts';
import type { Cleanup } from './cleanup.ts';
import { hireHostile } from './hire-hostile.ts';
import type { HostileClient } from './hostile-client.ts';
import { startDrill } from './own-drill.ts';
import type { RunEvent, RunMoment } from './run-event.ts';
import { alarmTimesOf, type RunRecord } from './run-record.ts';
import { ScreenWatch } from './screen-watch.ts';
import { ScriptFlood } from './script-flood.ts';
import { type StationAccess, signedIn } from './station-access.ts';

export interface ScenarioRunOptions {
  scenario: ScenarioText;
  estate: StandingEstate;
  station: StationAccess;
  wishes: ScriptWishes;
  /** Told of everything, in order. */
  onEvent: (event: RunEvent) => void;
}

const lookMs = 1000;
const drainWithinMs = 60_000;
/** After a database has all, a screen is given so long to be told. */
const clockSlackMs = 5;

/**
 * One scenario against one station: from the script to the verdict. A library for whoever wants one, the command line
 * and a drill page alike: {@link start} once; {@link pause}, {@link resume} and {@link stop} at any time.
 */
export class ScenarioRun {
  readonly #options: ScenarioRunOptions;
  readonly #script: Script;
  readonly #moments: RunMoment[] = [];
  readonly #cleanups: Cleanup[] = [];
  #flood: ScriptFlood | null = null;
  #watch: ScreenWatch | null = null;
  #hostile: HostileClient | null = null;
  #run: string | null = null;
  #stopped = false;
  /** Its drill had ended before: nobody acknowledges what was under way. */
  #isCutOff = false;

  /** Throws a ScenarioError where the estate has not what the scenario needs. */
  constructor(options: ScenarioRunOptions) {
    this.#options = options;
    const script = composeText(options.scenario, options.estate, options.wishes);
    const all = options.station.drill !== null;
    this.#script = all
      ? { ...script, publications: script.publications.map((one) => ({ ...one, drill: true })) }
      : script;
  }

  get script(): Script {
    return this.#script;
  }

  /** Plays, settles, asks the witnesses and judges. Whatever it opened it closes again. */
  async start(): Promise<RunRecord> {
    try {
      const session = await this.#prepare();
      const flood = await this.#openFlood(session);
      const startedAt = Date.now() - clockSlackMs;
      await this.#play(flood);
      await this.#settle();
      return await this.#record(flood, startedAt);
    } finally {
      await this.#close();
    }
  }

  /** Nothing leaves until {@link resume}; what is under way is acknowledged. */
  pause(): void {
    this.#flood?.pause();
    this.#options.onEvent({ type: 'paused' });
  }

  resume(): void {
    this.#flood?.resume();
    this.#options.onEvent({ type: 'resumed' });
  }

  /**
   * Nothing leaves any more. What left is judged, and {@link start} resolves. `drainWithinMs`: how long what is unacknowledged
   * is waited for; of a drill that is over nothing is acknowledged any more.
   */
  stop(drainWithinMs?: number): void {
    this.#stopped = true;
    this.#isCutOff = drainWithinMs !== undefined;
    this.#flood?.end(drainWithinMs);
    this.#options.onEvent({ type: 'stopping' });
  }

  /** Nobody cut the story short, made it smaller or put more into it. */
  get #isWhole(): boolean {
    const { wishes, scenario } = this.#options;
    const { durationMs = Number.POSITIVE_INFINITY, devices } = wishes;
    return (
      !this.#stopped && !wishes.isScaled && devices === undefined && durationMs >= scenario.scenario.duration
    );
  }

  async #prepare(): Promise<RestSession | null> {
    const { station, onEvent } = this.#options;
    const { publications, durationMs, places } = this.#script;
    const alarms = foretoldAlarms(this.#script);
    onEvent({ type: 'composed', publications: publications.length, alarms, durationMs, places });
    if (station.url === null || station.tester === null) return null;
    const session = await signedIn(station.url, station.tester);
    this.#cleanups.push(() => session.signOut());
    this.#watch = new ScreenWatch(station.url, session, station.drill?.run ?? null);
    this.#cleanups.push(async () => this.#watch?.stop());
    await this.#watch.start();
    return session;
  }

  async #openFlood(session: RestSession | null): Promise<ScriptFlood> {
    const { station, estate, scenario, wishes, onEvent } = this.#options;
    const { connections, window, redeliver, cuts_per_second: cutsPerSecond, seed, title } = scenario.scenario;
    const needsDrill = this.#script.publications.some(({ drill }) => drill);
    const needsLive = this.#script.publications.some(({ drill }) => !drill);
    const drill = station.drill ?? (needsDrill ? await startDrill(session, title.zh, this.#cleanups) : null);
    this.#run = drill?.run ?? null;
    const flood = new ScriptFlood({
      ...{ publications: this.#script.publications, target: station.target, county: estate.county.code },
      ...{ live: needsLive ? station.live : null, drill, anonymous: needsLive && station.live === null },
      ...{ connections, window, redeliver, cutsPerSecond, seed: wishes.seed ?? seed, drainWithinMs },
    });
    this.#flood = flood;
    this.#cleanups.push(() => flood.stop());
    await flood.open();
    if (this.#script.hostile.length > 0)
      this.#hostile = await hireHostile(
        { station, county: estate.county.code, deeds: this.#script.hostile, writer: flood.writer },
        this.#cleanups,
      );
    onEvent({ type: 'opened', connections: flood.openConnections, run: this.#run });
    return flood;
  }

  async #play(flood: ScriptFlood): Promise<void> {
    const look = setInterval(() => this.#look(flood), lookMs);
    try {
      if (this.#stopped) return;
      const hostile = this.#playHostile(flood);
      await flood.run();
      await hostile;
      await this.#reach(this.#script.durationMs, flood);
    } finally {
      clearInterval(look);
      this.#look(flood);
    }
  }

  /** One deed after the other, each at its time of the story. */
  async #playHostile(flood: ScriptFlood): Promise<void> {
    const client = this.#hostile;
    if (client === null) return;
    for (const deed of this.#script.hostile) {
      await this.#reach(deed.at, flood);
      if (this.#stopped) return;
      await client.do(deed);
    }
  }

  /** Resolves at a moment of the story, ms, pauses left out, or when it is stopped. */
  async #reach(at: number, flood: ScriptFlood): Promise<void> {
    while (flood.elapsed < at && !this.#stopped) await pause(10);
  }

  #look({ figures, called, elapsed, isPaused }: ScriptFlood): void {
    const { sent, acknowledged, latency } = figures;
    const moment: RunMoment = {
      ...{ elapsedMs: Math.max(0, Math.round(elapsed)), published: sent, acknowledged },
      ...{ unacknowledged: called - acknowledged, lagMs: latency.quantileMs(0.99), paused: isPaused },
      alarmsSeen: this.#watch?.newAlarms ?? 0,
      ticketsSeen: this.#watch?.newTickets ?? 0,
    };
    this.#moments.push(moment);
    this.#options.onEvent({ type: 'moment', moment });
  }

  async #settle(): Promise<void> {
    const forMs = this.#options.scenario.scenario.settle;
    this.#options.onEvent({ type: 'settling', forMs });
    await pause(forMs);
  }

  async #record(flood: ScriptFlood, startedAt: number): Promise<RunRecord> {
    const { scenario, wishes, station, estate, onEvent } = this.#options;
    const { publications } = this.#script;
    const cameras = estate.devices.filter(({ type }) => type === 'camera').length;
    const { times } = flood.writer;
    const acknowledged = new Set(flood.acknowledged());
    const facts =
      station.databaseUrl === null
        ? null
        : await this.#ask(station.databaseUrl, flood, acknowledged, startedAt);
    const { latency: puback, resent, sent } = flood.figures;
    const refused = this.#hostile?.answers.closed ?? 0;
    const evidence: Evidence = {
      ...{
        scenario: this.#isWhole ? scenario.scenario : { budgets: scenario.scenario.budgets },
        publications,
        times,
        acknowledged,
        puback,
        resent,
        unsent: flood.called - sent,
        isCutOff: this.#isCutOff,
        refused,
        facts,
      },
      drainedMs: flood.drainedMs,
      seen: this.#watch,
    };
    const verdict = judge(evidence);
    onEvent({ type: 'judged', verdict });
    return {
      ...{
        script: this.#script,
        startedAt,
        endedAt: Date.now(),
        run: this.#run,
        moments: this.#moments,
        facts,
      },
      estate: { detectors: estate.devices.length - cameras, cameras, buildings: estate.buildings.length },
      ...{ seed: wishes.seed ?? scenario.scenario.seed, hostile: this.#hostile?.answers ?? null },
      ...{
        whole: this.#isWhole,
        stopped: this.#stopped,
        verdict,
        alarmTimes: alarmTimesOf(evidence, startedAt),
      },
    };
  }

  #ask(
    databaseUrl: string,
    flood: ScriptFlood,
    acknowledged: ReadonlySet<number>,
    since: number,
  ): Promise<Facts> {
    const { publications, hostile } = this.#script;
    const { times } = flood.writer;
    const run = this.#run;
    function* ledger(): Generator<LedgerRow> {
      for (const [i, { device, message, drill }] of publications.entries())
        if (message !== null && !Number.isNaN(times[i]!))
          yield { device, at: times[i]!, run: drill ? run! : '', acknowledged: acknowledged.has(i) };
    }
    const forgedDevices = [
      ...new Set(hostile.flatMap(({ act, target }) => (act === 'forged' ? [target] : []))),
    ];
    const { isOurs, drill } = this.#options.station;
    const inDrill = drill !== null;
    return readFacts({ databaseUrl, ledger: ledger(), since, run, inDrill, isOurs, forgedDevices });
  }

  async #close(): Promise<void> {
    for (const cleanup of this.#cleanups.reverse()) await cleanup().catch(() => {});
    this.#cleanups.length = 0;
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
