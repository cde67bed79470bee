import type { DeviceType } from '@fenghuo/contracts/words.ts';
import { Children, type Lineage } from './children.ts';
import type { DeafTimes } from './deaf-times.ts';
import type { LastSeen } from './last-seen.ts';
import { downShare, fewest, quietShare } from './supervision-times.ts';

/** The registry as supervision sees it. */
interface SupervisedDevices extends Lineage {
  typeOf(deviceNo: number): DeviceType;
  /** Another number when a device that was known is of another type, or hangs on another, than before. */
  readonly revision: number;
}

export type SupervisionTimes = Readonly<Record<DeviceType, number>>;

export interface SupervisionOptions {
  devices: SupervisedDevices;
  lastSeen: LastSeen;
  deaf: DeafTimes;
  /** Supervision time of each type in ms, as it is now; 0: not supervised. */
  times: () => SupervisionTimes;
}

/**
 * Why a device counts as silent: `own`, neither it nor anything behind it was heard; `children`, most of what
 * hangs on it is quiet, though it may beat itself or never did.
 */
export type SilenceCause = 'own' | 'children';

/** A device fell silent or is heard again: an input of the writer. Each silence is told once, and its end once. */
export interface SilenceChange {
  deviceNo: number;
  change: 'silent' | 'heard';
  cause: SilenceCause;
  /** Of a silence, when it was last heard (or what hangs on it), or seen to; of its end, when it was heard again. */
  at: number;
  /** Devices that hang on it and are not told of one by one. */
  children: number;
}

/** A silence that was told before the start and has not ended. */
export interface StandingSilence {
  deviceNo: number;
  cause: SilenceCause;
  since: number;
}

/** `suppressed`: silent behind a parent that is, and told of by it. */
const state = { live: 0, silent: 1, suppressed: 2 } as const;

interface Group {
  watched: number;
  down: boolean;
  /** When any of them was last heard, ms; 0: none was. */
  heard: number;
}

/**
 * Who has not been heard for its supervision time, over typed arrays by device number: 13 bytes a device beside
 * {@link LastSeen}. Pure: time is passed in, and nothing is remembered but what was told.
 *
 * One dead concentrator is one silence. A device that falls silent is not told when its parent is silent, and
 * waits while its parent may be (it is quiet, or was not heard since); when most of what hangs on the parent is
 * quiet, it is the parent that is told. When the parent comes back, its children get their time anew. A device
 * that was never heard is never silent: it is counted and listed (decision 10).
 */
export class Supervision {
  readonly #options: SupervisionOptions;
  #children: Children;
  #revision: number;
  #states = new Uint8Array(0);
  /** Supervision time by device, ms. */
  #times = new Uint32Array(0);
  #timesKnown: SupervisionTimes | null = null;
  /** When a device that is not live was last heard, itself or by what hangs on it. */
  #silentSince = new Float64Array(0);
  /** Silent parents that were told because of their children. */
  readonly #byChildren = new Set<number>();
  /** When a parent came back. */
  readonly #returned = new Map<number, number>();
  /** When somebody saw to a silent device that has not been heard since. */
  readonly #seenTo = new Map<number, number>();
  readonly #groups = new Map<number, Group>();
  #known = 0;
  #next = 0;
  /** Silences told and standing, and devices that they stand for. */
  readonly counts = { silent: 0, suppressed: 0 };

  constructor(options: SupervisionOptions) {
    this.#options = options;
    this.#children = new Children(options.devices);
    this.#revision = options.devices.revision;
  }

  /** Told as silent, or behind a parent that is. */
  isSilent(deviceNo: number): boolean {
    return (this.#states[deviceNo] ?? state.live) !== state.live;
  }

  restoreSilence({ deviceNo, cause, since }: StandingSilence): void {
    this.#grow();
    if (this.#states[deviceNo] !== state.live) return;
    this.#enter(deviceNo, state.silent, since);
    if (cause === 'children') this.#byChildren.add(deviceNo);
  }

  /** A parent that came back before the start: its children have their time from then on. */
  restoreReturn(parent: number, at: number): void {
    this.#returned.set(parent, Math.max(at, this.#returned.get(parent) ?? 0));
  }

  /**
   * Somebody saw to a device that was told silent: its end is told as ever, and its silence once more when it is not
   * heard in its time from then on.
   */
  seeTo(deviceNo: number, at: number): void {
    if (this.#states[deviceNo] === state.silent && at >= this.#silentSince[deviceNo]!)
      this.#seenTo.set(deviceNo, at);
  }

  /** Looks at the next `limit` devices, in turn, and says what changed. 7 ns a device. */
  sweep(now: number, limit: number): SilenceChange[] {
    this.#grow();
    const count = this.#options.devices.deviceCount;
    const changes: SilenceChange[] = [];
    for (let i = Math.min(limit, count); i > 0; i--) {
      this.#look(this.#next, now, changes);
      if (++this.#next < count) continue;
      this.#next = 0;
      this.#groups.clear();
    }
    return changes;
  }

  #look(no: number, now: number, changes: SilenceChange[]): void {
    if (this.#states[no] === state.live) {
      if (this.#isOverdue(no, now)) this.#judge(no, now, changes);
      return;
    }
    // A clock that ran ahead and was put back must not keep it silent until then.
    this.#silentSince[no] = Math.min(this.#silentSince[no]!, now);
    if (this.#states[no] === state.silent) this.#lookAtSilent(no, now, changes);
    else this.#lookAtSuppressed(no);
  }

  #lookAtSuppressed(no: number): void {
    const { lastSeen, devices } = this.#options;
    const heard = (lastSeen.at(no) ?? 0) > this.#silentSince[no]!;
    if (heard || !this.#isDown(devices.parentOf(no))) this.#leave(no);
  }

  #isOverdue(no: number, now: number): boolean {
    const { lastSeen, devices, deaf } = this.#options;
    const seen = lastSeen.at(no);
    const time = this.#times[no]!;
    if (seen === null || time === 0 || now - seen <= time) return false;
    const since = Math.max(seen, this.#returned.get(devices.parentOf(no)) ?? 0);
    return now - since - deaf.between(since, now) > time;
  }

  #judge(no: number, now: number, changes: SilenceChange[]): void {
    const { devices, lastSeen } = this.#options;
    const heard = this.#lastHeardThrough(no);
    if (heard > lastSeen.at(no)! && this.#ageAt(heard, now) <= this.#times[no]!) return;
    const parent = devices.parentOf(no);
    if (parent >= 0 && this.#isTakenByParent(no, parent, now, changes)) return;
    this.#tell(no, heard, changes);
  }

  /** True when the silence of a device is its parent's, or may turn out to be. */
  #isTakenByParent(no: number, parent: number, now: number, changes: SilenceChange[]): boolean {
    if (this.#isDown(parent)) {
      this.#enter(no, state.suppressed, this.#options.lastSeen.at(no)!);
      return true;
    }
    if (this.#mayBeDead(parent, no, now)) return true;
    const group = this.#groupOf(parent, now);
    if (!group.down || group.watched < fewest) return false;
    this.#byChildren.add(parent);
    this.#tell(parent, this.#lastHeardThrough(parent), changes);
    this.#enter(no, state.suppressed, this.#options.lastSeen.at(no)!);
    return true;
  }

  /**
   * The parent beats, and is quiet, or nothing has shown since the child was last heard that it lives. Then it
   * is soon heard or silent.
   */
  #mayBeDead(parent: number, child: number, now: number): boolean {
    const { lastSeen } = this.#options;
    const time = this.#times[parent]!;
    if (lastSeen.at(parent) === null || time === 0) return false;
    const heard = Math.max(lastSeen.at(parent)!, this.#groupOf(parent, now).heard);
    return this.#ageAt(heard, now) >= time * quietShare || heard < lastSeen.at(child)! + time / 3;
  }

  #lookAtSilent(no: number, now: number, changes: SilenceChange[]): void {
    const heard = this.#lastHeardThrough(no);
    const isBack = this.#byChildren.has(no) ? !this.#groupOf(no, now).down : heard > this.#silentSince[no]!;
    if (!isBack) {
      this.#tellAgain(no, now, changes);
      return;
    }
    this.#push(no, 'heard', heard, changes);
    this.#byChildren.delete(no);
    this.#seenTo.delete(no);
    this.#leave(no);
    if (this.#children.of(no).length > 0) this.#returned.set(no, now);
  }

  #tellAgain(no: number, now: number, changes: SilenceChange[]): void {
    const seenTo = this.#seenTo.get(no);
    if (seenTo === undefined || this.#ageAt(seenTo, now) <= this.#times[no]!) return;
    this.#seenTo.delete(no);
    this.#push(no, 'silent', seenTo, changes);
  }

  #tell(no: number, at: number, changes: SilenceChange[]): void {
    this.#enter(no, state.silent, at);
    this.#push(no, 'silent', at, changes);
  }

  #push(deviceNo: number, change: SilenceChange['change'], at: number, changes: SilenceChange[]): void {
    const cause = this.#byChildren.has(deviceNo) ? 'children' : 'own';
    changes.push({ deviceNo, change, cause, at, children: this.#children.of(deviceNo).length });
  }

  #isDown(no: number): boolean {
    return no >= 0 && this.#states[no] !== state.live;
  }

  /** When a device was last heard, itself or by what hangs on it. */
  #lastHeardThrough(no: number): number {
    const { lastSeen } = this.#options;
    let heard = lastSeen.at(no) ?? 0;
    for (const child of this.#children.of(no)) heard = Math.max(heard, lastSeen.at(child) ?? 0);
    return heard;
  }

  /** How those that hang on a parent do, counted once a round: those never heard, and those told, do not count. */
  #groupOf(parent: number, now: number): Group {
    const known = this.#groups.get(parent);
    if (known !== undefined) return known;
    const returned = this.#returned.get(parent) ?? 0;
    let watched = 0;
    let quiet = 0;
    let heard = 0;
    for (const child of this.#children.of(parent)) {
      const seen = this.#options.lastSeen.at(child);
      const time = this.#times[child]!;
      heard = Math.max(heard, seen ?? 0);
      if (seen === null || time === 0 || this.#states[child] === state.silent) continue;
      watched++;
      if (this.#ageAt(Math.max(seen, returned), now) >= time * quietShare) quiet++;
    }
    const group = { watched, heard, down: watched > 0 && quiet >= watched * downShare };
    this.#groups.set(parent, group);
    return group;
  }

  #ageAt(seen: number, now: number): number {
    return now - seen - this.#options.deaf.between(seen, now);
  }

  #enter(no: number, to: typeof state.silent | typeof state.suppressed, since: number): void {
    this.counts[to === state.silent ? 'silent' : 'suppressed']++;
    this.#states[no] = to;
    this.#silentSince[no] = since;
  }

  #leave(no: number): void {
    this.counts[this.#states[no] === state.silent ? 'silent' : 'suppressed']--;
    this.#states[no] = state.live;
  }

  #grow(): void {
    const { devices } = this.#options;
    if (devices.revision !== this.#revision) this.#readAnew();
    const times = this.#options.times();
    if (times !== this.#timesKnown) [this.#timesKnown, this.#known] = [times, 0];
    const count = devices.deviceCount;
    if (count > this.#states.length) this.#makeRoom(count + 1024);
    for (; this.#known < count; this.#known++) this.#times[this.#known] = times[devices.typeOf(this.#known)];
  }

  /** The registry was revised: who hangs on whom, and which time each has. What was told stands until it ends. */
  #readAnew(): void {
    const { devices } = this.#options;
    this.#revision = devices.revision;
    this.#children = new Children(devices);
    this.#groups.clear();
    this.#timesKnown = null;
  }

  #makeRoom(size: number): void {
    const [states, times, since] = [new Uint8Array(size), new Uint32Array(size), new Float64Array(size)];
    states.set(this.#states);
    times.set(this.#times);
    since.set(this.#silentSince);
    [this.#states, this.#times, this.#silentSince] = [states, times, since];
  }
}
