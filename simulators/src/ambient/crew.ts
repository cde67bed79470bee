import { randomUUID } from 'node:crypto';
import type { Command } from '@fenghuo/contracts/commands.ts';
import { Failure } from '../station/failure.ts';
import { Feed, type World } from '../station/feed.ts';
import type { RestSession } from '../station/rest-session.ts';
import { crewCases, forgetSettled } from './crew-cases.ts';
import { CrewHands } from './crew-hands.ts';
import { type CrewAccount, type CrewCase, type PlannedAct, planActs } from './crew-plan.ts';
import type { SetOffLog } from './set-off-log.ts';

export interface CrewOptions {
  url: string;
  /** Signed in already. */
  sessions: Record<CrewAccount, RestSession>;
  log: SetOffLog;
  /** Milliseconds since 1970. */
  now: () => number;
  /** What went wrong, in words, for the log. */
  onTrouble: (trouble: string) => void;
}

const lookMs = 1_000;
/** Acts under way at one time. */
const mostHands = 6;
/** After an act that went wrong its subject is let alone for so long. Milliseconds. */
const pauseMs = 20_000;

/** Simulated people at the desk and on the road, in real time, for what ambient life set off. */
export class Crew {
  readonly #options: CrewOptions;
  readonly #feed: Feed;
  #hands: CrewHands;
  #since = 0;
  #timer: NodeJS.Timeout | null = null;
  /** Subjects that are not to be touched before a time; infinity while an act is under way. */
  readonly #busy = new Map<string, number>();

  constructor(options: CrewOptions) {
    this.#options = options;
    const { url, sessions, onTrouble } = options;
    this.#hands = new CrewHands([], 0);
    this.#feed = new Feed({
      url,
      session: sessions.dispatcher,
      onWorld: () => {},
      onDown: (why) => onTrouble(`the socket is down: ${why}`),
    });
  }

  start(): void {
    const { now, sessions } = this.#options;
    this.#since = now();
    this.#hands = new CrewHands([sessions.dispatcher.account, sessions.crew.account], this.#since);
    this.#feed.start();
    this.#timer = setInterval(() => this.#look(), lookMs);
  }

  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
    this.#feed.stop();
  }

  #look(): void {
    const { world } = this.#feed;
    if (world === null) return;
    const { log, now: clock, onTrouble } = this.#options;
    if (!world.county.demo) {
      this.stop();
      onTrouble('the county is no demo: the simulated people stay at home');
      return;
    }
    const now = clock();
    forgetSettled(world, log, now);
    for (const [subject, until] of this.#busy) if (until <= now) this.#busy.delete(subject);
    for (const { act, crewCase } of this.#dueActs(world, now)) {
      if (this.#underWay() >= mostHands) return;
      if (!this.#busy.has(act.command.subject)) void this.#act(act, crewCase);
    }
  }

  #dueActs(world: World, now: number): { act: PlannedAct; crewCase: CrewCase }[] {
    return crewCases(world, this.#options.log)
      .filter((crewCase) => !this.#hands.mustRest(crewCase, now))
      .flatMap((crewCase) => planActs(crewCase, this.#since).map((act) => ({ act, crewCase })))
      .filter(({ act }) => act.at <= now)
      .sort((a, b) => a.act.at - b.act.at);
  }

  #underWay(): number {
    return [...this.#busy.values()].filter((until) => until === Number.POSITIVE_INFINITY).length;
  }

  async #act({ as, command }: PlannedAct, { alarms }: CrewCase): Promise<void> {
    const { sessions, now, onTrouble } = this.#options;
    const { subject } = command;
    const takeBack = this.#hands.about(command, alarms, now());
    this.#busy.set(subject, Number.POSITIVE_INFINITY);
    try {
      const full: Command = { id: randomUUID(), seat: '', ...command };
      const answer = await sessions[as].act(full);
      if (answer === null || answer.ok) {
        this.#busy.set(subject, now() + 2 * lookMs);
        return;
      }
      takeBack();
      // A newer version is on its way through the socket, and with it what to do next.
      const benign = answer.reason === 'version-conflict' || answer.reason === 'unknown-subject';
      this.#busy.set(subject, now() + (benign ? 2 * lookMs : pauseMs));
      if (!benign) onTrouble(`${as} may not ${command.act} ${subject}: ${answer.reason}`);
    } catch (error) {
      takeBack();
      this.#busy.set(subject, now() + pauseMs);
      if (!(error instanceof Failure)) throw error;
      onTrouble(error.message);
    }
  }
}
