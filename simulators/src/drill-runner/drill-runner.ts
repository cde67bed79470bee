import {
  type DrillEnding,
  type DrillTaken,
  type DrillWish,
  drillTaken,
  drillWish,
} from '@fenghuo/contracts/drills.ts';
import type { StandingEstate } from '../read-estate.ts';
import { htmlReport } from '../report/html-report.ts';
import type { Machine } from '../report/machine.ts';
import { ScenarioError } from '../scenario/scenario-error.ts';
import { findScenario } from '../scenario/scenario-file.ts';
import { ScenarioRun } from '../scenario-run/scenario-run.ts';
import type { StationAccess } from '../scenario-run/station-access.ts';
import type { RestSession } from '../station/rest-session.ts';
import { offerScenarios } from './offer-scenarios.ts';
import { RunFollower } from './run-follower.ts';
import { verdictSheet } from './verdict-sheet.ts';

export interface DrillRunnerOptions {
  estate: StandingEstate;
  /** Without a drill, and without anybody who may speak live: a runner can say nothing outside of its run. */
  station: StationAccess & { drill: null; live: null };
  /** Of a tester, signed in. */
  session: RestSession;
  machine: Machine;
  onNews: (news: string) => void;
}

type Taken = NonNullable<DrillTaken['taken']>;

/** How often it asks for work, and tells how a run goes. */
const askMs = 1_000;
/** The drill has ended when it is told to stop: nobody acknowledges anything. */
const drainMs = 1_000;

/**
 * Plays what is ordered on the drill page, one run at a time. It keeps nothing: who ends a drill at the server has ended
 * it, whether this process lives or not.
 */
export class DrillRunner {
  readonly #options: DrillRunnerOptions;
  #stopped = false;
  #run: ScenarioRun | null = null;
  #working: Promise<void> = Promise.resolve();

  constructor(options: DrillRunnerOptions) {
    this.#options = options;
  }

  /** Offers its scenarios, then works until {@link stop}. */
  async start(): Promise<void> {
    const { estate, session, onNews } = this.#options;
    const scenarios = await offerScenarios(estate);
    await session.tell('/drills/runner', { software: this.#software, scenarios });
    onNews(`${scenarios.length} scenarios can be drilled`);
    this.#working = this.#work();
  }

  /** What is played is stopped and judged as far as it came. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#run?.stop(drainMs);
    await this.#working;
    await this.#options.session.signOut().catch(() => {});
  }

  get #software(): string {
    const { version, commit } = this.#options.machine;
    return commit === null ? version : `${version} ${commit}`;
  }

  async #work(): Promise<void> {
    const { session, onNews } = this.#options;
    while (!this.#stopped) {
      const { taken } = await session.post('/drills/take', {}, drillTaken).catch((error: Error) => {
        onNews(error.message);
        return { taken: null };
      });
      if (taken === null) await pause(askMs);
      else await this.#playOut(taken);
    }
  }

  async #playOut(taken: Taken): Promise<void> {
    const { session, onNews } = this.#options;
    onNews(`${taken.run}: ${taken.scenario}`);
    const ending = await this.#play(taken).catch((error: Error) => this.#faulty(error));
    await session
      .tell(`/drills/${taken.run}/ending`, ending)
      .catch((error: Error) => onNews(`${taken.run} is judged, and nobody to keep it: ${error.message}`));
    onNews(`${taken.run}: ${ending.verdict?.ok ? 'passed' : 'not passed'}`);
  }

  async #play({ run: id, scenario: name, seed, username, secret }: Taken): Promise<DrillEnding> {
    const { estate, station, machine } = this.#options;
    const scenario = await findScenario(name);
    const follower = new RunFollower();
    const drill = { run: id, username, password: secret };
    const run = new ScenarioRun({
      ...{ scenario, estate, station: { ...station, drill } },
      wishes: { isScaled: true, ...(seed === null ? {} : { seed }) },
      onEvent: (event) => follower.hear(event),
    });
    this.#run = run;
    const telling = this.#tell(id, run, follower);
    try {
      const record = await run.start();
      const report = htmlReport({ scenario, record, machine, command: `drill ${id}` });
      return { software: this.#software, verdict: verdictSheet(record), fault: null, report };
    } finally {
      this.#run = null;
      telling.stop();
    }
  }

  /** Tells each second how it goes, and does what people want of it. */
  #tell(id: string, run: ScenarioRun, follower: RunFollower): { stop: () => void } {
    let done: DrillWish['wish'] = 'play';
    const heed = ({ wish }: DrillWish) => {
      if (wish === done) return;
      done = wish;
      if (wish === 'pause') run.pause();
      else if (wish === 'play') run.resume();
      else run.stop(drainMs);
    };
    const { session } = this.#options;
    const tell = () =>
      void session
        .post(`/drills/${id}/progress`, follower.telling, drillWish)
        .then(heed)
        .catch(() => {});
    const timer = setInterval(tell, askMs);
    return { stop: () => clearInterval(timer) };
  }

  #faulty(error: Error): DrillEnding {
    const { zh, en } =
      error instanceof ScenarioError
        ? { zh: `剧本无法演练：${error.message}`, en: `The scenario cannot be played: ${error.message}` }
        : { zh: `演练中断：${error.message}`, en: `The drill broke off: ${error.message}` };
    const fault = { zh: zh.slice(0, 2000), en: en.slice(0, 2000) };
    return { software: this.#software, verdict: null, fault, report: null };
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
