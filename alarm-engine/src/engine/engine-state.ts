import type { BroadcastRecord } from '@fenghuo/contracts/broadcasts.ts';
import type {
  AlarmRecord,
  DrillRecord,
  FloodRecord,
  HoldRecord,
  IncidentRecord,
  TicketRecord,
  UpkeepRecord,
} from '@fenghuo/contracts/records.ts';
import type { EventKind, HoldKind } from '@fenghuo/contracts/words.ts';
import { type Workflow, workflowRef } from '@fenghuo/contracts/workflow.ts';
import type { Hearing } from '../alarms/flood-control.ts';
import type { HoldSubject } from '../alarms/holds.ts';
import { firstDigest } from '../audit/chain.ts';
import type { Duty } from '../chain/roster.ts';
import { unitsAt } from '../chain/team-work.ts';
import { RecentSignals } from '../rules/recent-signals.ts';
import type { Rulebook } from '../rules/rulebook.ts';
import { cellKey as cellOf } from '../rules/signal-cells.ts';
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
  /** Open tickets that keep a unit busy, by {@link deviceKey}. */
  readonly ticketsOfUnit = new LayeredMap<string, readonly string[]>();
  readonly drills = new LayeredMap<string, DrillRecord>();
  readonly holds = new LayeredMap<string, HoldRecord>();
  /** Open hold of a kind on a device or building, by {@link holdKey}. */
  readonly holdOn = new LayeredMap<string, string>();
  /** Open floods, by {@link hearingKey}. */
  readonly floods = new LayeredMap<string, FloodRecord>();
  /** Open broadcasts, and by {@link unreadKey} the units that have not read one. */
  readonly broadcasts = new LayeredMap<string, BroadcastRecord>();
  readonly unreadBroadcasts = new LayeredMap<string, true>();
  /** What a room heard lately, by {@link hearingKey}. */
  readonly hearings = new LayeredMap<string, Hearing>();
  /** Open work orders of upkeep, by {@link upkeepKey}: one a device and kind. */
  readonly upkeep = new LayeredMap<string, UpkeepRecord>();
  /** Where in {@link upkeep} an order lies, by its id. */
  readonly upkeepKeys = new LayeredMap<string, string>();
  /** Orders that somebody resolved within {@link returnableMs}, by id: their work may still be refused. */
  readonly resolvedUpkeep = new LayeredMap<string, UpkeepRecord>();
  /** Devices with an open work order for being stuck in alarm, by {@link deviceKey}. */
  readonly stuck = new LayeredMap<string, true>();
  /** What was changed of who is on duty, by person. */
  readonly duty = new LayeredMap<string, Duty>();
  readonly due = new LayeredMap<string, DueItem>();
  /** Case serials used, by drill mark and day. */
  readonly serials = new LayeredMap<string, number>();
  /** Open alarms of a device, by {@link deviceKey}. At most one a rule. */
  readonly alarmsByDevice = new LayeredMap<string, readonly string[]>();
  /** Open alarms whose condition holds and that no hold keeps back, by place: {@link inBuilding}, {@link inCell}. */
  readonly standing = new LayeredMap<string, readonly string[]>();
  /** What was not normal within the hour. */
  readonly signals = new RecentSignals();
  /**
   * Open incidents of a building, or of a grid out of doors, by {@link buildingKey} and {@link gridKey}, the oldest
   * first: one, unless somebody split it.
   */
  readonly incidentsByPlace = new LayeredMap<string, readonly string[]>();
  /** Open incidents that lie in a cell, by {@link cellKey}. */
  readonly incidentsByCell = new LayeredMap<string, readonly string[]>();
  /** Devices that had something to return from since the state was loaded; a batch that is taken back stays in it. */
  readonly troubled = new DeviceMarks();
  readonly dueHeap = new DueHeap();
  readonly #rulebook = new LayeredMap<'in-force', Rulebook>();
  /** Every workflow that was ever in force, by {@link workflowRef}. */
  readonly #workflows = new LayeredMap<string, Workflow>();
  readonly #workflow = new LayeredMap<'in-force', Workflow>();
  #sealed: { effects: Effects; before: LogPositions } | null = null;
  positions: LogPositions = { engineNo: 0, changeNo: 0, auditNo: 0, auditDigest: firstDigest };

  /** Newest version of the rulebook that was stored but cannot be read by this program; 0: none. Its number is taken. */
  unreadableBook = 0;

  /** The same of the workflow. */
  unreadableWorkflow = 0;

  /** `workflows`: all that there were, the one in force last. */
  constructor({ rulebook, workflows }: { rulebook: Rulebook; workflows: readonly Workflow[] }) {
    this.putRulebook(rulebook);
    for (const workflow of workflows) this.putWorkflow(workflow);
    for (const map of [this.#rulebook, this.#workflows, this.#workflow]) {
      map.seal();
      map.settle();
    }
  }

  /** The book in force: a revision takes hold, and is taken back, with the batch that it is in. */
  get rulebook(): Rulebook {
    return this.#rulebook.get('in-force')!;
  }

  putRulebook(rulebook: Rulebook): void {
    this.#rulebook.set('in-force', rulebook);
  }

  /** The workflow under which tickets open. */
  get workflow(): Workflow {
    return this.#workflow.get('in-force')!;
  }

  putWorkflow(workflow: Workflow): void {
    this.#workflows.set(workflowRef(workflow), workflow);
    this.#workflow.set('in-force', workflow);
  }

  /** The workflow under which a ticket was opened; of one that nobody knows any more, the one in force. */
  workflowOf({ workflow }: Pick<TicketRecord, 'workflow'>): Workflow {
    return this.#workflows.get(workflow) ?? this.workflow;
  }

  /** Puts an alarm as it now is; a closed one leaves the open world. */
  putAlarm(alarm: AlarmRecord): void {
    const key = deviceKey(alarm.run, alarm.device);
    list(this.alarmsByDevice, key, alarm.id, alarm.closedAt === null);
    this.#putStanding(alarm);
    if (alarm.closedAt === null) this.alarms.set(alarm.id, alarm);
    else this.alarms.delete(alarm.id);
  }

  /** Only what begins or ceases to stand moves in the lists of its places. */
  #putStanding(alarm: AlarmRecord): void {
    const stands = (of: AlarmRecord | undefined) => of !== undefined && standsOpenly(of);
    const now = stands(alarm);
    if (stands(this.alarms.get(alarm.id)) === now) return;
    for (const place of placesOf(alarm)) list(this.standing, deviceKey(alarm.run, place), alarm.id, now);
  }

  /** Puts an incident as it now is; a closed one leaves the open world. */
  putIncident(incident: IncidentRecord): void {
    const open = incident.closedAt === null;
    if (open) this.incidents.set(incident.id, incident);
    else this.incidents.delete(incident.id);
    this.#putAtPlace(incident, open);
    if (incident.lon === null || incident.lat === null) return;
    list(this.incidentsByCell, cellKey(incident.run, cellOf(incident.lon, incident.lat)), incident.id, open);
  }

  #putAtPlace({ id, run, hazard, building, area }: IncidentRecord, open: boolean): void {
    const key = building === null ? gridKey(run, hazard, area) : buildingKey(run, hazard, building);
    const there = this.incidentsByPlace.get(key) ?? [];
    if (open && there.includes(id)) return;
    const openedAt = (of: string) => this.incidents.get(of)?.openedAt ?? 0;
    const now = open
      ? [...there, id].sort((a, b) => openedAt(a) - openedAt(b) || (a < b ? -1 : 1))
      : there.filter((of) => of !== id);
    if (now.length > 0) this.incidentsByPlace.set(key, now);
    else this.incidentsByPlace.delete(key);
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

  /** Puts a work order of upkeep as it now is; a closed one leaves the open world. */
  putUpkeep(order: UpkeepRecord): void {
    const { id, run, device, kind, closedAt, resolved } = order;
    const key = upkeepKey(run, device, kind);
    if (closedAt === null) {
      this.upkeep.set(key, order);
      this.upkeepKeys.set(id, key);
      if (kind === 'stuck') this.stuck.set(deviceKey(run, device), true);
      this.resolvedUpkeep.delete(id);
      return;
    }
    this.upkeep.delete(key);
    this.upkeepKeys.delete(id);
    if (kind === 'stuck') this.stuck.delete(deviceKey(run, device));
    if (resolved !== null) this.resolvedUpkeep.set(id, order);
  }

  putBroadcast(broadcast: BroadcastRecord): void {
    if (broadcast.closedAt === null) this.broadcasts.set(broadcast.id, broadcast);
    else this.broadcasts.delete(broadcast.id);
  }

  /** Puts a ticket as it now is, with the units that it keeps busy; a closed one leaves the open world. */
  putTicket(ticket: TicketRecord): void {
    const before = this.tickets.get(ticket.id);
    const was = before === undefined ? noUnits : unitsAt(before);
    const is = ticket.closedAt === null ? unitsAt(ticket) : noUnits;
    for (const unit of [...was, ...is])
      list(this.ticketsOfUnit, deviceKey(ticket.run, unit), ticket.id, is.has(unit));
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

  #layers(): Layer[] {
    return [
      this.signals,
      this.standing,
      this.alarms,
      this.incidents,
      this.tickets,
      this.ticketsOfUnit,
      this.drills,
      this.holds,
      this.holdOn,
      this.floods,
      this.broadcasts,
      this.unreadBroadcasts,
      this.hearings,
      this.upkeep,
      this.upkeepKeys,
      this.resolvedUpkeep,
      this.stuck,
      this.duty,
      this.due,
      this.serials,
      this.alarmsByDevice,
      this.incidentsByPlace,
      this.incidentsByCell,
      this.#rulebook,
      this.#workflows,
      this.#workflow,
    ];
  }
}

const noUnits: ReadonlySet<string> = new Set();

/** Anything that a batch writes into and that is sealed, settled, reverted and discarded with it. */
type Layer = Pick<LayeredMap<string, unknown>, 'seal' | 'settle' | 'revert' | 'discard'>;

/** Open, its condition holds, and no hold keeps it back. */
export function standsOpenly({ condition, closedAt, suppressed, outOfService }: AlarmRecord): boolean {
  return condition && closedAt === null && !suppressed && !outOfService;
}

/** Suppresses others by design: what somebody put on the shelf hides nothing else. */
export const inhibits = (alarm: AlarmRecord) => standsOpenly(alarm) && !alarm.shelved;

/** Names of places in {@link EngineState.standing}. */
export const inBuilding = (building: string) => `B ${building}`;
export const inCell = (cell: number) => `C ${cell}`;

function placesOf({ building, lon, lat }: AlarmRecord): string[] {
  const places = building === null ? [] : [inBuilding(building)];
  if (lon !== null && lat !== null) places.push(inCell(cellOf(lon, lat)));
  return places;
}

/**
 * Lists an id under a key as long as it is open, in an order of the ids alone: the same after a restart. Sought by
 * halves: ten thousand alarms of one place are listed at the next start in a tenth of a second, and not in three.
 */
function list(lists: LayeredMap<string, readonly string[]>, key: string, id: string, open: boolean): void {
  const before = lists.get(key) ?? [];
  const at = firstFrom(before, id);
  if ((before[at] === id) === open) return;
  const now = [...before.slice(0, at), ...(open ? [id] : []), ...before.slice(open ? at : at + 1)];
  if (now.length > 0) lists.set(key, now);
  else lists.delete(key);
}

/** Where in the sorted list the first id lies that is not before this one. */
function firstFrom(sorted: readonly string[], id: string): number {
  let [from, to] = [0, sorted.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (sorted[middle]! < id) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** Live, the id itself: no text is made for each event. An id holds no bar. */
export const deviceKey = (run: string | null, device: string) => (run === null ? device : `${run}|${device}`);
export const buildingKey = (run: string | null, hazard: string, building: string) =>
  `${run ?? ''}|${hazard}|${building}`;
export const hearingKey = (run: string | null, seat: string) => `${run ?? ''}|${seat}`;
/** Key of an open order of upkeep. */
export const upkeepKey = (run: string | null, device: string, kind: EventKind) =>
  `${deviceKey(run, device)}|${kind}`;
/** Work that was resolved longer ago is accepted. */
export const returnableMs = 7 * 24 * 3_600_000;
export const gridKey = (run: string | null, hazard: string, area: string) =>
  `${run ?? ''}|${hazard}|G ${area}`;
const holdKey = (kind: HoldKind, of: HoldSubject) =>
  of.device === null ? `${kind}|building|${of.building}` : `${kind}|device|${of.device}`;
export const cellKey = (run: string | null, cell: number) => `${run ?? ''}|${cell}`;
