import type { MovingTeam, MovingTeams } from '@fenghuo/contracts/positions.ts';
import type { Logger } from 'pino';
import { type Reach, reaches } from '../access/reach.ts';
import type { Listener } from '../store/listener.ts';
import type { Queryable } from '../store/queryable.ts';
import { listPositions, type PlacedTeam } from '../store/sql/list-positions.ts';

interface Watcher {
  id: string;
  reach: () => Reach;
  tell: (message: MovingTeams) => void;
}

export interface TeamBoardOptions {
  db: Queryable;
  county: string;
  listener: Listener;
  /** Milliseconds since 1970. */
  clock: () => number;
  log: Logger;
}

/** For a notification that was missed, and for what counts no more: its ticket went on, or it is too old. */
const lookEveryMs = 5_000;
/** A position is shown for so long, and then forgotten. */
const shownForMs = 2 * 60_000;

/** Tells the screens of this process where the teams within their reach are. */
export class TeamBoard {
  readonly #options: TeamBoardOptions;
  readonly #watchers = new Map<string, Watcher>();
  /** What each screen was told last; a screen that was told nothing knows of none. */
  readonly #told = new Map<string, string>();
  #teams: readonly PlacedTeam[] = [];
  #timer: NodeJS.Timeout | null = null;
  #looking: Promise<void> | null = null;

  constructor(options: TeamBoardOptions) {
    this.#options = options;
  }

  /** Before the listener starts. */
  start(): void {
    const { listener, county } = this.#options;
    listener.on('fenghuo_position', (payload) => {
      if (payload === county) void this.#look();
    });
    listener.onResume(() => void this.#look());
    this.#timer = setInterval(() => void this.#look(), lookEveryMs);
  }

  async stop(): Promise<void> {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#watchers.clear();
    await this.#looking;
  }

  join(watcher: Watcher): void {
    this.#watchers.set(watcher.id, watcher);
    this.#tell(watcher);
  }

  leave(id: string): void {
    this.#watchers.delete(id);
    this.#told.delete(id);
  }

  /** Nobody looks: nothing is read. */
  async #look(): Promise<void> {
    if (this.#watchers.size === 0) return;
    if (this.#looking !== null) await this.#looking;
    this.#looking ??= this.#read().finally(() => {
      this.#looking = null;
    });
    await this.#looking;
  }

  async #read(): Promise<void> {
    const { db, county, clock, log } = this.#options;
    try {
      this.#teams = await listPositions(db, { county, since: new Date(clock() - shownForMs) });
      for (const watcher of this.#watchers.values()) this.#tell(watcher);
    } catch (error) {
      log.warn({ err: error }, 'positions of teams could not be read');
    }
  }

  #tell({ id, reach, tell }: Watcher): void {
    const seen = this.#teams.filter((team) => reaches(reach(), team));
    const teams = seen.map(({ units: _, ...team }): MovingTeam => team);
    const text = JSON.stringify(teams);
    if ((this.#told.get(id) ?? '[]') === text) return;
    this.#told.set(id, text);
    tell({ teams });
  }
}
