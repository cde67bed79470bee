import type { LookRequest, Presence } from '@fenghuo/contracts/push.ts';
import type { WhoAmI } from '@fenghuo/contracts/rest.ts';
import { type AreaScope, sees } from '../access/area-scope.ts';
import { Looks } from './looks.ts';

interface Watcher {
  id: string;
  scope: () => AreaScope;
  who: () => WhoAmI;
  /** False for a wall, before which nobody in particular sits. */
  isPerson: () => boolean;
  mayReadPersonal: () => boolean;
  tell: (presence: Presence) => void;
}

export interface PresenceOptions {
  /** Area of an incident, empty when it lies nowhere yet; null: there is none. */
  areaOf: (incident: string) => Promise<string | null>;
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

  /** The viewer's area changed: what it looked at may lie outside of it. */
  rescoped(id: string): void {
    if (this.#looks.put(id, null)) this.#gather();
    const watcher = this.#watchers.get(id);
    if (watcher !== undefined) this.#tell(watcher);
  }

  /** What lies outside of the viewer's area is not looked at. */
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

  async #take(id: string, { incident, seat }: LookRequest): Promise<void> {
    const area = incident === null ? null : await this.#options.areaOf(incident).catch(() => null);
    const watcher = this.#watchers.get(id);
    if (watcher === undefined || !watcher.isPerson()) return;
    const isSeen = incident !== null && area !== null && sees(watcher.scope(), area);
    const look = isSeen ? { who: watcher.who(), seat, incident, area } : null;
    if (this.#looks.put(id, look)) this.#gather();
  }

  /** Whom a change does not concern hears nothing of it. */
  #tell({ id, scope, mayReadPersonal, tell }: Watcher): void {
    const presence = this.#looks.seenBy(scope(), mayReadPersonal());
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
