import type { AlarmRecord, UpkeepRecord } from '@fenghuo/contracts/records.ts';
import { kindBit } from '../rules/kind-bits.ts';
import { standsOpenly } from './engine-state.ts';

/** Records as a batch leaves them, or as they stand after a start. */
interface Records {
  alarms: { values(): Iterable<AlarmRecord> };
  upkeep: { values(): Iterable<UpkeepRecord> };
}

type NumberOf = (deviceId: string) => number;

const silent = kindBit('silent');

/**
 * Which live devices stand in alarm or wait for upkeep, by number: followed commit by commit, so that a screen's
 * state of 212,000 devices costs what changed, and asks no map of ids. 5 bytes a device.
 */
export class DeviceTroubles {
  /** Alarms that stand, and whose they are. */
  #standing = new Map<string, number>();
  #alarms = new Uint8Array(1024);
  /** Kinds of open work orders, as bits. */
  #upkeep = new Uint32Array(1024);
  #touched = new Set<number>();

  /** Forgets what was, and takes the whole open world. */
  begin(records: Records, numberOf: NumberOf): void {
    for (let no = 0; no < this.#alarms.length; no++)
      if (this.#alarms[no] !== 0 || this.#upkeep[no] !== 0) this.#touched.add(no);
    this.#standing.clear();
    this.#alarms.fill(0);
    this.#upkeep.fill(0);
    this.take(records, numberOf);
  }

  take({ alarms, upkeep }: Records, numberOf: NumberOf): void {
    for (const alarm of alarms.values()) if (alarm.run === null) this.#takeAlarm(alarm, numberOf);
    for (const item of upkeep.values()) if (item.run === null) this.#takeUpkeep(item, numberOf(item.device));
  }

  inAlarm(no: number): boolean {
    return (this.#alarms[no] ?? 0) > 0;
  }

  isSilent(no: number): boolean {
    return ((this.#upkeep[no] ?? 0) & silent) !== 0;
  }

  isFaulty(no: number): boolean {
    return ((this.#upkeep[no] ?? 0) & ~silent) !== 0;
  }

  /** Devices of which something was taken since the last call. */
  drain(): ReadonlySet<number> {
    const touched = this.#touched;
    this.#touched = new Set();
    return touched;
  }

  #takeAlarm(alarm: AlarmRecord, numberOf: NumberOf): void {
    const held = this.#standing.get(alarm.id);
    const stands = standsOpenly(alarm);
    if (stands === (held !== undefined)) return;
    const no = held ?? numberOf(alarm.device);
    if (no < 0) return;
    this.#touch(no);
    this.#alarms[no] = this.#alarms[no]! + (stands ? 1 : -1);
    if (stands) this.#standing.set(alarm.id, no);
    else this.#standing.delete(alarm.id);
  }

  #takeUpkeep({ kind, closedAt }: UpkeepRecord, no: number): void {
    if (no < 0) return;
    this.#touch(no);
    const bits = this.#upkeep[no]!;
    this.#upkeep[no] = closedAt === null ? bits | kindBit(kind) : bits & ~kindBit(kind);
  }

  #touch(no: number): void {
    this.#touched.add(no);
    if (no < this.#alarms.length) return;
    const size = Math.max(no + 1, this.#alarms.length * 2);
    const [alarms, upkeep] = [new Uint8Array(size), new Uint32Array(size)];
    alarms.set(this.#alarms);
    upkeep.set(this.#upkeep);
    [this.#alarms, this.#upkeep] = [alarms, upkeep];
  }
}
