import type {
  AlarmRecord,
  DrillRecord,
  HoldRecord,
  IncidentRecord,
  TicketRecord,
  UpkeepRecord,
} from '@fenghuo/contracts/records.ts';
import type { HoldKind } from '@fenghuo/contracts/words.ts';
import { cellOf } from '../alarms/group-incidents.ts';
import type { HoldSubject } from '../alarms/holds.ts';
import { firstDigest } from '../audit/chain.ts';
import { DeviceMarks } from './device-marks.ts';
import { DueHeap, type DueItem } from './due-heap.ts';
import type { Effects } from './effects.ts';
import { LayeredMap } from './layered-map.ts';

/** The counters of a county's logs, all gap-free but the first (a redelivered event uses its number up). */
export interface LogPositions {
  engineNo: number;
  changeNo: number;
  auditNo: number;
  auditDigest: Buffer;
}

/**
 * The open world of one county in memory: what is closed is in the database only. Deciders read and write
 * through it into the overlay; the writer seals it when it is written and settles it after the commit.
 */
export class EngineState {
  readonly alarms = new LayeredMap<string, AlarmRecord>();
  readonly incidents = new LayeredMap<string, IncidentRecord>();
  readonly tickets = new LayeredMap<string, TicketRecord>();
  readonly drills = new LayeredMap<string, DrillRecord>();
  readonly holds = new LayeredMap<string, HoldRecord>();
  /** Open hold of a kind on a device or building, by {@link holdKey}. */
  readonly holdOn = new LayeredMap<string, string>();
  readonly upkeep = new LayeredMap<string, UpkeepRecord>();
  /** Devices with an open work order for being stuck in alarm, by {@link deviceKey}. */
  readonly stuck = new LayeredMap<string, true>();
  readonly due = new LayeredMap<string, DueItem>();
  /** Case serials used, by drill mark and day. */
  readonly serials = new LayeredMap<string, number>();
  /** Open alarms of a device, by {@link deviceKey}. At most one a rule. */
  readonly alarmsByDevice = new LayeredMap<string, readonly string[]>();
  /** Open incidents of a building, by {@link buildingKey}, the oldest first: one, unless somebody split it. */
  readonly incidentsByBuilding = new LayeredMap<string, readonly string[]>();
  /** Open incidents that lie in a cell, by {@link cellKey}. */
  readonly incidentsByCell = new LayeredMap<string, readonly string[]>();
  /** Devices that had something to return from since the state was loaded; a batch that is taken back stays in it. */
  readonly troubled = new DeviceMarks();
  readonly dueHeap = new DueHeap();
  #sealed: { effects: Effects; before: LogPositions } | null = null;
  positions: LogPositions = { engineNo: 0, changeNo: 0, auditNo: 0, auditDigest: firstDigest };

  /** Puts an alarm as it now is; a closed one leaves the open world. */
  putAlarm(alarm: AlarmRecord): void {
    const key = deviceKey(alarm.run, alarm.device);
    const others = (this.alarmsByDevice.get(key) ?? []).filter((id) => id !== alarm.id);
    const open = alarm.closedAt === null ? [...others, alarm.id] : others;
    if (open.length > 0) this.alarmsByDevice.set(key, open);
    else this.alarmsByDevice.delete(key);
    if (alarm.closedAt === null) this.alarms.set(alarm.id, alarm);
    else this.alarms.delete(alarm.id);
  }

  /** Puts an incident as it now is; a closed one leaves the open world. */
  putIncident(incident: IncidentRecord): void {
    const open = incident.closedAt === null;
    if (open) this.incidents.set(incident.id, incident);
    else this.incidents.delete(incident.id);
    if (incident.building !== null) this.#putAtBuilding(incident, incident.building, open);
    if (incident.lon === null || incident.lat === null) return;
    const cell = cellKey(incident.run, cellOf({ lon: incident.lon, lat: incident.lat }));
    const there = (this.incidentsByCell.get(cell) ?? []).filter((id) => id !== incident.id);
    const now = open ? [...there, incident.id] : there;
    if (now.length > 0) this.incidentsByCell.set(cell, now);
    else this.incidentsByCell.delete(cell);
  }

  #putAtBuilding(incident: IncidentRecord, building: string, open: boolean): void {
    const key = buildingKey(incident.run, incident.hazard, building);
    const there = this.incidentsByBuilding.get(key) ?? [];
    if (open && there.includes(incident.id)) return;
    const openedAt = (id: string) => this.incidents.get(id)?.openedAt ?? 0;
    const now = open
      ? [...there, incident.id].sort((a, b) => openedAt(a) - openedAt(b) || (a < b ? -1 : 1))
      : there.filter((id) => id !== incident.id);
    if (now.length > 0) this.incidentsByBuilding.set(key, now);
    else this.incidentsByBuilding.delete(key);
  }

  /** Puts a hold as it now is; an ended one leaves the open world. */
  putHold(hold: HoldRecord): void {
    const key = holdKey(hold.kind, hold);
    if (hold.endedAt === null) {
      this.holds.set(hold.id, hold);
      this.holdOn.set(key, hold.id);
    } else {
      this.holds.delete(hold.id);
      this.holdOn.delete(key);
    }
  }

  /** Whether a hold of a kind is open on a device or building. */
  readonly isHeld = (kind: HoldKind, subject: HoldSubject): boolean =>
    this.holdOn.get(holdKey(kind, subject)) !== undefined;

  putTicket(ticket: TicketRecord): void {
    if (ticket.closedAt === null) this.tickets.set(ticket.id, ticket);
    else this.tickets.delete(ticket.id);
  }

  /** The batch is written and its commit under way: the next one builds on it. Settle or revert it before the next. */
  seal(effects: Effects, positions: LogPositions): void {
    for (const map of this.#layers()) map.seal();
    this.#sealed = { effects, before: this.positions };
    this.positions = positions;
  }

  /** After the commit: what was sealed is the truth. */
  settle(): void {
    for (const map of this.#layers()) map.settle();
    for (const item of this.#sealed?.effects.due.values() ?? []) if (item !== null) this.dueHeap.push(item);
    this.#sealed = null;
  }

  /** The commit failed: nothing of what was sealed, and of what was built on it, happened. */
  revert(): void {
    for (const map of this.#layers()) map.revert();
    if (this.#sealed !== null) this.positions = this.#sealed.before;
    this.#sealed = null;
  }

  /** The transaction failed before its commit: nothing of it happened; what is sealed stands. */
  discard(): void {
    for (const map of this.#layers()) map.discard();
  }

  #layers(): LayeredMap<string, unknown>[] {
    return [
      this.alarms,
      this.incidents,
      this.tickets,
      this.drills,
      this.holds,
      this.holdOn,
      this.upkeep,
      this.stuck,
      this.due,
      this.serials,
      this.alarmsByDevice,
      this.incidentsByBuilding,
      this.incidentsByCell,
    ];
  }
}

/** Live, the id itself: no text is made for each event. An id holds no bar. */
export const deviceKey = (run: string | null, device: string) => (run === null ? device : `${run}|${device}`);
export const buildingKey = (run: string | null, hazard: string, building: string) =>
  `${run ?? ''}|${hazard}|${building}`;
const holdKey = (kind: HoldKind, of: HoldSubject) =>
  of.device === null ? `${kind}|building|${of.building}` : `${kind}|device|${of.device}`;
export const cellKey = (run: string | null, cell: string) => `${run ?? ''}|${cell}`;
