import type {
  AlarmRecord,
  DrillRecord,
  FloodRecord,
  IncidentRecord,
  TicketRecord,
  UpkeepRecord,
} from '@fenghuo/contracts/records.ts';
import type { Hearing } from '../alarms/flood-control.ts';
import { cellOf } from '../alarms/group-incidents.ts';
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
  /** Open floods, by {@link hearingKey}. */
  readonly floods = new LayeredMap<string, FloodRecord>();
  /** What a room heard lately, by {@link hearingKey}. */
  readonly hearings = new LayeredMap<string, Hearing>();
  readonly upkeep = new LayeredMap<string, UpkeepRecord>();
  /** Devices with an open work order for being stuck in alarm, by {@link deviceKey}. */
  readonly stuck = new LayeredMap<string, true>();
  readonly due = new LayeredMap<string, DueItem>();
  /** Case serials used, by drill mark and day. */
  readonly serials = new LayeredMap<string, number>();
  /** Open alarms of a device, by {@link deviceKey}. At most one a rule. */
  readonly alarmsByDevice = new LayeredMap<string, readonly string[]>();
  /** Open incident of a building, by {@link buildingKey}. */
  readonly incidentByBuilding = new LayeredMap<string, string>();
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
    if (incident.building !== null) {
      const key = buildingKey(incident.run, incident.hazard, incident.building);
      if (open) this.incidentByBuilding.set(key, incident.id);
      else if (this.incidentByBuilding.get(key) === incident.id) this.incidentByBuilding.delete(key);
    }
    if (incident.lon === null || incident.lat === null) return;
    const cell = cellKey(incident.run, cellOf({ lon: incident.lon, lat: incident.lat }));
    const there = (this.incidentsByCell.get(cell) ?? []).filter((id) => id !== incident.id);
    const now = open ? [...there, incident.id] : there;
    if (now.length > 0) this.incidentsByCell.set(cell, now);
    else this.incidentsByCell.delete(cell);
  }

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
      this.floods,
      this.hearings,
      this.upkeep,
      this.stuck,
      this.due,
      this.serials,
      this.alarmsByDevice,
      this.incidentByBuilding,
      this.incidentsByCell,
    ];
  }
}

/** Live, the id itself: no text is made for each event. An id holds no bar. */
export const deviceKey = (run: string | null, device: string) => (run === null ? device : `${run}|${device}`);
export const buildingKey = (run: string | null, hazard: string, building: string) =>
  `${run ?? ''}|${hazard}|${building}`;
export const hearingKey = (run: string | null, seat: string) => `${run ?? ''}|${seat}`;
export const cellKey = (run: string | null, cell: string) => `${run ?? ''}|${cell}`;
