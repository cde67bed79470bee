import { Feed } from '../station/feed.ts';
import type { RestSession } from '../station/rest-session.ts';

/**
 * One screen: notes on our own clock when each alarm and each ticket reaches it. It is a witness of its own: what it was
 * not told, it does not know, whatever the database holds.
 */
export class ScreenWatch {
  /** By id, ms since 1970 of this machine. */
  readonly alarms = new Map<string, number>();
  readonly tickets = new Map<string, number>();
  readonly #feed: Feed;
  readonly #since: number;
  #known = { alarms: 0, tickets: 0 };
  #onWorld: () => void = () => {};

  /** `run`: looks at that drill alone; null: at everything. */
  constructor(url: string, session: RestSession, run: string | null) {
    const isAskedFor = (of: { run: string | null }) => run === null || of.run === run;
    this.#since = Date.now() - performance.now();
    this.#feed = new Feed({
      ...{ url, session },
      onWorld: (world) => {
        for (const ticket of world.tickets.values())
          if (isAskedFor(ticket)) this.#note(this.tickets, ticket.id);
        this.#onWorld();
      },
      onAlarm: (alarm) => {
        if (isAskedFor(alarm)) this.#note(this.alarms, alarm.id);
      },
    });
  }

  /** Resolves with the first snapshot; what stood before is known and is not told again. */
  async start(): Promise<void> {
    const first = new Promise<void>((resolve) => {
      this.#onWorld = resolve;
    });
    this.#feed.start();
    await first;
    this.#known = { alarms: this.alarms.size, tickets: this.tickets.size };
  }

  /** Told since the start. */
  get newAlarms(): number {
    return this.alarms.size - this.#known.alarms;
  }

  get newTickets(): number {
    return this.tickets.size - this.#known.tickets;
  }

  stop(): void {
    this.#feed.stop();
  }

  #note(seen: Map<string, number>, id: string): void {
    if (!seen.has(id)) seen.set(id, this.#since + performance.now());
  }
}
