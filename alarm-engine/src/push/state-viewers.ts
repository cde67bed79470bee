import { encodeStateChanges, encodeStatesSnapshot } from '@fenghuo/contracts/device-states.ts';
import type { Logger } from 'pino';
import { type AreaScope, isCountywide, scopeKey } from '../access/area-scope.ts';
import type { DeviceStateTail } from './device-state-tail.ts';
import { changesOfScope, type DeviceMask, statesInScope } from './state-scope.ts';
import type { Screen } from './viewers.ts';

/** A screen with more bytes than this on their way gets no changes, and a snapshot when it has drained. */
const mostBacklog = 256 * 1024;
/** How often those that were behind are looked after. */
const lookAfterMs = 1000;

/** `waiting` for what its area holds; `behind`: the next it gets is a snapshot; or the number it was told last. */
interface StateViewer {
  screen: Screen;
  scope: AreaScope;
  mask: DeviceMask;
  told: number | 'waiting' | 'behind';
}

export interface StateViewersOptions {
  tail: Pick<DeviceStateTail, 'held'>;
  /** Mask of the devices in a scope that is not the county's. */
  readMask: (scope: AreaScope) => Promise<Uint8Array>;
  send: (screenIds: string[], message: Uint8Array) => void;
  log: Logger;
}

/** Sends the states of devices to the screens that draw them: those of one area at one place share a message. */
export class StateViewers {
  readonly #options: StateViewersOptions;
  readonly #viewers = new Map<string, StateViewer>();
  #masks = new Map<string, Promise<DeviceMask>>();
  #timer: NodeJS.Timeout | null = null;

  constructor(options: StateViewersOptions) {
    this.#options = options;
  }

  start(): void {
    this.#timer = setInterval(() => this.#lookAfter(), lookAfterMs);
  }

  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
  }

  /** A screen wants states from now on, or lost its place in them: one that asks in a loop gets one a second. */
  follow(screen: Screen, scope: AreaScope): void {
    const known = this.#viewers.get(screen.id);
    if (known !== undefined) {
      if (known.told !== 'waiting') known.told = 'behind';
      return;
    }
    const viewer: StateViewer = { screen, scope, mask: null, told: 'waiting' };
    this.#viewers.set(screen.id, viewer);
    void this.#find(viewer);
  }

  leave(screenId: string): void {
    this.#viewers.delete(screenId);
  }

  rescope(screenId: string, scope: AreaScope): void {
    const viewer = this.#viewers.get(screenId);
    if (viewer === undefined || viewer.scope.area === scope.area) return;
    this.leave(screenId);
    this.follow(viewer.screen, scope);
  }

  /** Devices came, went or moved: areas are read anew, and everybody begins with a snapshot. */
  directoryChanged(): void {
    this.#masks = new Map();
    for (const { screen, scope } of [...this.#viewers.values()]) {
      this.leave(screen.id);
      this.follow(screen, scope);
    }
  }

  /** All states were read anew. */
  reset(): void {
    for (const viewer of this.#viewers.values()) if (viewer.told !== 'waiting') viewer.told = 'behind';
    this.#lookAfter();
  }

  changed(to: { stream: number; after: number; no: number; packed: Uint32Array }): void {
    for (const viewers of this.#alike(({ told }) => typeof told === 'number')) {
      const [ready, behind] = divide(viewers, (one) => one.told === to.after && hasRoom(one));
      for (const viewer of behind) viewer.told = 'behind';
      for (const viewer of ready) viewer.told = to.no;
      if (ready.length === 0) continue;
      const packed = changesOfScope(ready[0]!.mask, to.packed);
      this.#options.send(idsOf(ready), encodeStateChanges({ ...to, packed }));
    }
  }

  #lookAfter(): void {
    const { held } = this.#options.tail;
    if (held === null) return;
    for (const viewers of this.#alike((viewer) => viewer.told === 'behind' && hasRoom(viewer))) {
      for (const viewer of viewers) viewer.told = held.no;
      const states = statesInScope(viewers[0]!.mask, held.states);
      this.#options.send(idsOf(viewers), encodeStatesSnapshot({ ...held, states }));
    }
  }

  /** What the area of a viewer holds; then it gets its first snapshot. */
  async #find(viewer: StateViewer): Promise<void> {
    try {
      viewer.mask = await this.#maskOf(viewer.scope);
      viewer.told = 'behind';
      this.#lookAfter();
    } catch (error) {
      this.#options.log.warn({ err: error }, 'the devices of an area could not be read');
      if (this.#viewers.get(viewer.screen.id) === viewer) this.leave(viewer.screen.id);
    }
  }

  #alike(wanted: (viewer: StateViewer) => boolean): StateViewer[][] {
    const viewers = [...this.#viewers.values()].filter(wanted);
    return [...Map.groupBy(viewers, ({ scope, told }) => `${scopeKey(scope)} ${told}`).values()];
  }

  #maskOf(scope: AreaScope): Promise<DeviceMask> {
    if (isCountywide(scope)) return Promise.resolve(null);
    const key = scopeKey(scope);
    const mask = this.#masks.get(key) ?? this.#options.readMask(scope);
    this.#masks.set(key, mask);
    mask.catch(() => this.#masks.delete(key));
    return mask;
  }
}

const hasRoom = ({ screen }: StateViewer) => screen.backlogBytes() < mostBacklog;
const idsOf = (viewers: readonly StateViewer[]) => viewers.map(({ screen }) => screen.id);

function divide<T>(all: readonly T[], by: (one: T) => boolean): [T[], T[]] {
  return [all.filter(by), all.filter((one) => !by(one))];
}
