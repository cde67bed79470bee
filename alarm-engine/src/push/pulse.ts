import type { Pulse } from '@fenghuo/contracts/push.ts';
import type { Logger } from 'pino';
import type { Queryable } from '../store/queryable.ts';
import { type DayFigures, readDayFigures } from '../store/sql/read-day-figures.ts';
import { readPulse } from '../store/sql/read-pulse.ts';
import type { WriterPulse } from '../store/sql/save-pulse.ts';
import type { ScreenVersion } from './screen-version.ts';

export interface PulseSenderOptions {
  db: Queryable;
  county: string;
  timeZone: string;
  demoTimeFactor: number | null;
  screen: Pick<ScreenVersion, 'read'>;
  /** Milliseconds since 1970. */
  clock: () => number;
  log: Logger;
  /** Nobody looks: nothing is counted. */
  hasViewers: () => boolean;
  send: (pulse: Pulse) => void;
}

const everyMs = 1000;
/** Counting a day takes milliseconds, but nobody needs it by the second. */
const figuresEveryMs = 5000;

const noFigures: DayFigures = {
  alarmsToday: 0,
  ticketsToday: 0,
  ticketsClosedToday: 0,
  falseAlarmsToday: 0,
  upkeepOpen: 0,
  acceptMedianS: null,
  onSceneMedianS: null,
  alarmsByMinute: Array.from({ length: 60 }, () => 0),
};
const silentWriter: WriterPulse = {
  detectorsOnline: 0,
  camerasOnline: 0,
  devicesSilent: 0,
  devicesSuppressed: 0,
  devicesNeverHeard: 0,
  eventsPerSecond: 0,
  heartbeatsPerSecond: 0,
  backlog: 0,
  broker: 'none',
};

/**
 * Tells every screen once a second that the server lives, what the writer says of itself, and the day's
 * figures. With the database away it goes on, with what it knew: the writer's sign of life grows old on the
 * wall. The figures are counts of the county and name nothing, so every scope may have them.
 */
export class PulseSender {
  readonly #options: PulseSenderOptions;
  #timer: NodeJS.Timeout | null = null;
  #busy: Promise<void> | null = null;
  #figures = noFigures;
  #figuresAt = Number.NEGATIVE_INFINITY;
  #writer: { at: number; doc: WriterPulse } | null = null;

  constructor(options: PulseSenderOptions) {
    this.#options = options;
  }

  start(): void {
    this.#timer = setInterval(() => {
      this.#busy ??= this.#beat().finally(() => {
        this.#busy = null;
      });
    }, everyMs);
  }

  async stop(): Promise<void> {
    if (this.#timer !== null) clearInterval(this.#timer);
    await this.#busy;
  }

  async #beat(): Promise<void> {
    const { hasViewers, log, screen, send } = this.#options;
    if (!hasViewers()) return;
    await this.#read().catch((error: unknown) => log.warn({ err: error }, 'the figures could not be read'));
    send(this.#compose(await screen.read()));
  }

  async #read(): Promise<void> {
    const { db, county, timeZone, clock } = this.#options;
    this.#writer = await readPulse(db, county);
    if (performance.now() - this.#figuresAt < figuresEveryMs) return;
    this.#figures = await readDayFigures(db, { county, now: new Date(clock()), timeZone });
    this.#figuresAt = performance.now();
  }

  #compose(screen: string | null): Pulse {
    const { clock, demoTimeFactor } = this.#options;
    return {
      at: clock(),
      writerAt: this.#writer?.at ?? null,
      ...(this.#writer?.doc ?? silentWriter),
      ...this.#figures,
      demoTimeFactor,
      screen,
    };
  }
}
