import type { DeviceType, EventKind, ReportedState } from '@fenghuo/contracts/words.ts';
import type { Scope } from './event-view.ts';
import { kindBit } from './kind-bits.ts';
import { cellKey, cellKeysWithin } from './signal-cells.ts';
import { type Asked, type Entry, SignalShelf } from './signal-shelf.ts';

/** An event that is not normal, as evidence for others. */
export interface Signal {
  deviceNo: number;
  device: string;
  deviceType: DeviceType;
  kind: EventKind;
  state: ReportedState;
  /** When it happened, ms, at most the engine time of its entering. */
  at: number;
  floor: number | null;
  lon: number | null;
  lat: number | null;
  building: string | null;
  area: string;
  /** What people call the device. */
  label: string;
}

/** How far back a window may look, ms. What is older is forgotten. */
export const keptMs = 60 * 60_000;

/** A building, a grid, or a cell of a circle shows its newest so many; a chattering device counts once. */
export const shownOf = 256;

/** The shelves of one run: each holds the signals of one scope. */
class Shelves {
  readonly devices = new Map<number, SignalShelf>();
  readonly buildings = new Map<string, SignalShelf>();
  readonly grids = new Map<string, SignalShelf>();
  readonly cells = new Map<number, SignalShelf>();
  #made = 0;
  readonly #maps = [this.devices, this.buildings, this.grids, this.cells] as const;
  readonly #sweeps = this.#maps.map((map) => new Sweep<unknown>(map as Map<unknown, SignalShelf>));

  of(scope: Scope): SignalShelf[] {
    switch (scope.of) {
      case 'device':
        return known([this.devices.get(scope.deviceNo)]);
      case 'building':
        return known([this.buildings.get(scope.building)]);
      case 'grid':
        return known([this.grids.get(scope.area)]);
      case 'near':
        return known(cellKeysWithin(scope).map((key) => this.cells.get(key)));
    }
  }

  shelf<K>(shelves: Map<K, SignalShelf>, key: K): SignalShelf {
    let shelf = shelves.get(key);
    if (shelf === undefined) {
      shelf = new SignalShelf();
      shelves.set(key, shelf);
      this.#made += 1;
    }
    return shelf;
  }

  /** Looks at more shelves than were made since it was last called, so it keeps up. */
  sweep(horizon: number): void {
    const count = 4 + 2 * this.#made;
    this.#made = 0;
    for (const sweep of this.#sweeps) sweep.next(count, horizon);
  }

  get isEmpty(): boolean {
    return this.#maps.every((map) => map.size === 0);
  }
}

const known = (shelves: readonly (SignalShelf | undefined)[]) =>
  shelves.filter((shelf) => shelf !== undefined);

/** Goes round the shelves of a map, a few at each call, and clears what is over. */
class Sweep<K> {
  readonly #shelves: Map<K, SignalShelf>;
  #round: Iterator<[K, SignalShelf]>;

  constructor(shelves: Map<K, SignalShelf>) {
    this.#shelves = shelves;
    this.#round = shelves.entries();
  }

  next(count: number, horizon: number): void {
    for (let i = Math.min(count, this.#shelves.size); i > 0; i -= 1) {
      const { value, done } = this.#round.next();
      if (done === true) {
        this.#round = this.#shelves.entries();
        continue;
      }
      const [key, shelf] = value;
      shelf.clear(horizon);
      if (shelf.isEmpty) this.#shelves.delete(key);
    }
  }
}

/**
 * The signals of the last hour, by device, building, grid and cell. Of one device, kind and state the newest stands: a
 * detector that chatters hides nobody. A batch enters, {@link seal}s, and {@link settle}s or {@link revert}s, as with
 * `engine/layered-map.ts`. What is swept in `settle` is never what a window would still have found, so the findings do
 * not depend on when it is. Some 800 bytes for each device, kind and state that was not normal within the hour.
 */
export class RecentSignals {
  readonly #runs = new Map<string | null, Shelves>();
  #open: Entry[] = [];
  #sealed: Entry[] = [];
  #newestAt = 0;

  /** Each event that is not normal, once. One older than what its device already said of it changes nothing. */
  enter(run: string | null, signal: Signal): void {
    const shelves = this.#runs.get(run) ?? this.#addRun(run);
    const device = shelves.shelf(shelves.devices, signal.deviceNo);
    const bit = kindBit(signal.kind);
    const older = device.standing(bit, signal.state);
    if (older !== null && older.at > signal.at) return;
    const { building, area, lon, lat } = signal;
    const entry: Entry = {
      signal,
      bit,
      at: signal.at,
      older,
      newer: null,
      settled: false,
      device,
      building: building === null ? null : shelves.shelf(shelves.buildings, building),
      grid: isGrid(area) ? shelves.shelf(shelves.grids, area) : null,
      cell: lon === null || lat === null ? null : shelves.shelf(shelves.cells, cellKey(lon, lat)),
    };
    if (older !== null) older.newer = entry;
    device.push(entry);
    entry.building?.push(entry);
    entry.grid?.push(entry);
    entry.cell?.push(entry);
    this.#open.push(entry);
  }

  /**
   * Shows what was asked for in a scope, newest entry first; of a circle also what lies just outside of
   * it. `since` is at most {@link keptMs} ago.
   */
  look(run: string | null, scope: Scope, asked: Asked, show: (signal: Signal) => void): void {
    const shelves = this.#runs.get(run);
    if (shelves === undefined) return;
    for (const shelf of shelves.of(scope)) shelf.show(asked, shownOf, show);
  }

  /** Signals that stand. Costs what is held. */
  get size(): number {
    let size = 0;
    for (const { devices } of this.#runs.values()) for (const shelf of devices.values()) size += shelf.size;
    return size;
  }

  seal(): void {
    if (this.#open.length === 0) return;
    this.#sealed = this.#open;
    this.#open = [];
  }

  settle(): void {
    for (const entry of this.#sealed) {
      entry.settled = true;
      if (entry.older !== null) drop(entry.older);
      entry.older = null;
      if (entry.at > this.#newestAt) this.#newestAt = entry.at;
    }
    this.#sealed = [];
    for (const [run, shelves] of this.#runs) {
      shelves.sweep(this.#newestAt - keptMs);
      if (shelves.isEmpty) this.#runs.delete(run);
    }
  }

  /** Also forgets what a later batch wrote on top of it. */
  revert(): void {
    this.discard();
    takeBack(this.#sealed);
    this.#sealed = [];
  }

  discard(): void {
    takeBack(this.#open);
    this.#open = [];
  }

  #addRun(run: string | null): Shelves {
    const shelves = new Shelves();
    this.#runs.set(run, shelves);
    return shelves;
  }
}

/** A window looks at a grid only where the place is known that well: a whole county is no neighbourhood. */
export const isGrid = (area: string) => area.includes('-');

/** It was replaced for good. */
function drop({ device, building, grid, cell }: Entry): void {
  device.replaced();
  building?.replaced();
  grid?.replaced();
  cell?.replaced();
}

function takeBack(entries: readonly Entry[]): void {
  for (let i = entries.length - 1; i >= 0; i -= 1) {
    const { device, building, grid, cell, older } = entries[i]!;
    device.pop();
    building?.pop();
    grid?.pop();
    cell?.pop();
    if (older !== null) older.newer = null;
  }
}
