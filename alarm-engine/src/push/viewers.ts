import type { ChangesMessage, Snapshot } from '@fenghuo/contracts/push.ts';
import type { Logger } from 'pino';
import { type Reach, reachKey } from '../access/reach.ts';
import type { ChangeLogTail } from './change-log-tail.ts';
import { longestTail } from './recent-changes.ts';
import { changesInScope } from './scoped-changes.ts';

/** Bytes that may wait for a socket; past it the socket gets no more, and a snapshot when it has drained. */
const mostBacklog = 1024 * 1024;
/** Changes are gathered for this long, so that a flood is some messages and not thousands. */
const gatherMs = 50;
/** How often sockets that drained, failed snapshots and viewers whom nothing concerned are looked after. */
const lookAfterMs = 1000;

/** One screen: where messages for it go, and how many bytes of them still wait. */
export interface Screen {
  id: string;
  backlogBytes: () => number;
}

/** Sends to screens. A message for several is encoded once. */
interface Outlet {
  snapshot: (screenId: string, message: Snapshot) => void;
  changes: (screenIds: string[], message: ChangesMessage) => void;
}

/**
 * `idle` has not asked yet; `loading`: its snapshot is being read; `settling` was sent something large and is
 * not measured until it took it; `live`; `behind` waits for a snapshot until it has drained.
 */
type Phase = 'idle' | 'loading' | 'settling' | 'live' | 'behind';

interface Viewer {
  screen: Screen;
  reach: Reach;
  phase: Phase;
  /** Changes up to here were looked through for it. */
  seen: number;
  /** Number that it was told last: `after` of its next message. At most `seen`. */
  told: number;
  /** When, by the monotonic clock. */
  toldAt: number;
  /** No snapshot before this time by the monotonic clock: a screen that asks in a loop gets one a second. */
  notBefore: number;
}

export interface ViewersOptions {
  tail: Pick<ChangeLogTail, 'recent' | 'look'>;
  readSnapshot: (reach: Reach) => Promise<Snapshot>;
  outlet: Outlet;
  /** Milliseconds since 1970. */
  clock: () => number;
  log: Logger;
}

/**
 * Keeps every screen at the change log's head: each has its place in the log, and is sent what lies between
 * that place and the head, as far as it lies within its reach. A snapshot only moves the place. So nothing is
 * told twice and nothing is left out, whichever of snapshot and tail is ahead.
 */
export class Viewers {
  readonly #options: ViewersOptions;
  readonly #viewers = new Map<string, Viewer>();
  #gathering: NodeJS.Timeout | null = null;
  #gatheredAt = 0;
  #timer: NodeJS.Timeout | null = null;

  constructor(options: ViewersOptions) {
    this.#options = options;
  }

  get count(): number {
    return this.#viewers.size;
  }

  start(): void {
    this.#timer = setInterval(() => this.flush(), lookAfterMs);
  }

  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    if (this.#gathering !== null) clearTimeout(this.#gathering);
    this.#viewers.clear();
  }

  join(screen: Screen, reach: Reach): void {
    const now = { seen: 0, told: 0, toldAt: 0, notBefore: 0 };
    this.#viewers.set(screen.id, { screen, reach, phase: 'idle', ...now });
  }

  leave(screenId: string): void {
    this.#viewers.delete(screenId);
  }

  /** The account's area or unit changed: what the screen shows is no longer its to see, or not all of it. */
  rescope(screenId: string, reach: Reach): void {
    const viewer = this.#viewers.get(screenId);
    if (viewer === undefined || reachKey(viewer.reach) === reachKey(reach)) return;
    viewer.reach = reach;
    if (viewer.phase !== 'idle') void this.#load(viewer);
  }

  /** The screen asks for everything after a number that it holds, or for everything. */
  async follow(screenId: string, after: number | null): Promise<void> {
    await this.#options.tail.look();
    const viewer = this.#viewers.get(screenId);
    if (viewer === undefined || viewer.phase === 'loading') return;
    const { recent } = this.#options.tail;
    if (after === null || !recent.reaches(after) || recent.head - after > longestTail)
      return this.#load(viewer);
    Object.assign(viewer, { phase: 'settling', seen: after, told: after });
    this.#tell([viewer], true);
  }

  /** There are new changes: they go out at once, or together shortly when others have just gone out. */
  changesArrived(): void {
    const wait = Math.max(0, this.#gatheredAt + gatherMs - performance.now());
    this.#gathering ??= setTimeout(() => {
      this.#gathering = null;
      this.#gatheredAt = performance.now();
      this.flush();
    }, wait);
  }

  /** The log begins anew: nobody's place in it means anything. */
  reset(): void {
    for (const viewer of this.#viewers.values()) if (viewer.phase !== 'idle') void this.#load(viewer);
  }

  /** Sends everybody what is new for them. Those with the same reach and place share one message. */
  flush(): void {
    const groups = new Map<string, Viewer[]>();
    for (const viewer of this.#viewers.values()) {
      if (!this.#isReady(viewer)) continue;
      const key = `${reachKey(viewer.reach)} ${viewer.told} ${viewer.seen}`;
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [viewer]);
      else group.push(viewer);
    }
    for (const group of groups.values()) this.#tell(group, false);
  }

  #isReady(viewer: Viewer): boolean {
    const { phase, screen } = viewer;
    if (phase === 'idle' || phase === 'loading') return false;
    const backlog = screen.backlogBytes();
    if (phase === 'behind') {
      if (backlog === 0) void this.#load(viewer);
      return false;
    }
    if (backlog > mostBacklog) {
      if (phase === 'live') viewer.phase = 'behind';
      return false;
    }
    viewer.phase = 'live';
    const { recent } = this.#options.tail;
    if (viewer.seen < recent.floor) void this.#load(viewer);
    return recent.reaches(viewer.seen);
  }

  /**
   * To viewers of one reach at one place. `always` also when nothing concerns them, as an answer. Where a case came or went
   * by an order they get a snapshot behind it, which holds what did not change.
   */
  #tell(group: Viewer[], always: boolean): void {
    const { tail, outlet, clock } = this.#options;
    const { reach, told, seen, toldAt } = group[0]!;
    const no = tail.recent.head;
    const now = performance.now();
    const { changes, turned } = changesInScope(reach, tail.recent.after(seen));
    for (const viewer of group) viewer.seen = no;
    if (changes.length === 0 && !always && (told === no || now - toldAt < lookAfterMs)) return;
    for (const viewer of group) Object.assign(viewer, { told: no, toldAt: now });
    outlet.changes(
      group.map((viewer) => viewer.screen.id),
      { after: told, no, at: clock(), changes },
    );
    if (turned) for (const viewer of group) void this.#load(viewer);
  }

  async #load(viewer: Viewer): Promise<void> {
    const { readSnapshot, outlet, log } = this.#options;
    if (viewer.phase === 'loading') return;
    viewer.phase = 'behind';
    if (performance.now() < viewer.notBefore) return;
    Object.assign(viewer, { phase: 'loading', notBefore: performance.now() + lookAfterMs });
    const { reach } = viewer;
    const snapshot = await readSnapshot(reach).catch((error: unknown) => {
      log.warn({ err: error }, 'no snapshot could be read');
      return null;
    });
    viewer.phase = 'behind';
    if (snapshot === null || viewer.reach !== reach || !this.#viewers.has(viewer.screen.id)) return;
    outlet.snapshot(viewer.screen.id, snapshot);
    Object.assign(viewer, {
      phase: 'settling',
      seen: snapshot.no,
      told: snapshot.no,
      toldAt: performance.now(),
    });
  }
}
