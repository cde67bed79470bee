import type { LookRequest, Presence } from '@fenghuo/contracts/push.ts';
import type { WhoAmI } from '@fenghuo/contracts/rest.ts';
import { type Reach, type Reachable, reaches } from '../access/reach.ts';
import { Looks } from './looks.ts';

interface Watcher {
  id: string;
  reach: () => Reach;
  who: () => WhoAmI;
  /** False for a wall, before which nobody in particular sits. */
  isPerson: () => boolean;
  mayReadPersonal: () => boolean;
  tell: (presence: Presence) => void;
}

export interface PresenceOptions {
  /** Where an incident lies, and who is ordered to it; null: there is none. */
  placeOf: (incident: string) => Promise<Reachable | null>;
}

/** Changes are gathered for this long, so that a room that sits down is one message. Milliseconds. */
const gatherMs = 100;

/** Tells the screens of this process who else has a case before them. */
export class PresenceBoard {
  readonly #options: PresenceOptions;
  readonly #looks = new Looks();
  readonly #watchers = new Map<string, Watcher>();
  /** Newest wish of a screen whose last is still being looked up: a screen has one question under way. */
  readonly #asked = new Map<string, LookRequest | null>();
  /** What each screen was told last. */
  readonly #told = new Map<string, string>();
  #gathering: NodeJS.Timeout | null = null;
  /** How often units were ordered to or from a case: a place that was read meanwhile is read again. */
  #orders = 0;

  constructor(options: PresenceOptions) {
    this.#options = options;
  }

  stop(): void {
    if (this.#gathering !== null) clearTimeout(this.#gathering);
    this.#watchers.clear();
  }

  join(watcher: Watcher): void {
    this.#watchers.set(watcher.id, watcher);
    this.#tell(watcher);
  }

  leave(id: string): void {
    this.#watchers.delete(id);
    this.#asked.delete(id);
    this.#told.delete(id);
    if (this.#looks.put(id, null)) this.#gather();
  }

  /** Units were ordered to a case, or from it: who is out of reach of it now neither looks at it nor hears who does. */
  reordered(incident: string, units: readonly string[]): void {
    this.#orders += 1;
    if (!this.#looks.reorder(incident, units)) return;
    for (const [id, look] of [...this.#looks.entries()]) {
      const watcher = this.#watchers.get(id);
      if (watcher === undefined || !reaches(watcher.reach(), look)) this.#looks.put(id, null);
    }
    this.#gather();
  }

  /** The viewer's area or unit changed: what it looked at may lie outside of it. */
  rescoped(id: string): void {
    if (this.#looks.put(id, null)) this.#gather();
    const watcher = this.#watchers.get(id);
    if (watcher !== undefined) this.#tell(watcher);
  }

  /** Whoever looks has sat down elsewhere. */
  reseated(id: string): void {
    const look = this.#looks.of(id);
    const who = this.#watchers.get(id)?.who();
    if (look !== undefined && who !== undefined && this.#looks.put(id, { ...look, who })) this.#gather();
  }

  /** What lies out of the viewer's reach is not looked at. */
  async look(id: string, request: LookRequest): Promise<void> {
    const isUnderWay = this.#asked.has(id);
    this.#asked.set(id, request);
    if (isUnderWay) return;
    for (let wish: LookRequest | null = request; wish !== null; wish = this.#asked.get(id) ?? null) {
      this.#asked.set(id, null);
      await this.#take(id, wish);
    }
    this.#asked.delete(id);
  }

  async #take(id: string, { incident }: LookRequest): Promise<void> {
    const place = incident === null ? null : await this.#placeOf(incident);
    const watcher = this.#watchers.get(id);
    if (watcher === undefined || !watcher.isPerson()) return;
    const isSeen = incident !== null && place !== null && reaches(watcher.reach(), place);
    const look = isSeen ? { who: watcher.who(), incident, ...place } : null;
    if (this.#looks.put(id, look)) this.#gather();
  }

  async #placeOf(incident: string): Promise<Reachable | null> {
    for (;;) {
      const orders = this.#orders;
      const place = await this.#options.placeOf(incident).catch(() => null);
      if (place === null || orders === this.#orders) return place;
    }
  }

  /** Whom a change does not concern hears nothing of it. */
  #tell({ id, reach, mayReadPersonal, tell }: Watcher): void {
    const presence = this.#looks.seenBy(reach(), mayReadPersonal());
    const text = JSON.stringify(presence);
    if (this.#told.get(id) === text) return;
    this.#told.set(id, text);
    tell(presence);
  }

  #gather(): void {
    this.#gathering ??= setTimeout(() => {
      this.#gathering = null;
      for (const watcher of this.#watchers.values()) this.#tell(watcher);
    }, gatherMs);
  }
}
