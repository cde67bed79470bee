import type { BroadcastRecord } from '@fenghuo/contracts/broadcasts.ts';
import type {
  AlarmRecord,
  HoldRecord,
  IncidentRecord,
  TicketRecord,
  UpkeepRecord,
} from '@fenghuo/contracts/records.ts';
import type { Workflow } from '@fenghuo/contracts/workflow.ts';
import type { DeviceEvent } from '@fenghuo/gateway/device-event.ts';
import type { RegisteredDevice, Registry } from '../registry/registry.ts';
import type { Rulebook } from '../rules/rulebook.ts';
import type { DueItem } from './due-heap.ts';
import type { Effects } from './effects.ts';
import type { EngineState } from './engine-state.ts';
import type { Actor } from './inputs.ts';

/**
 * One input's turn at the writer: the world as the inputs before it left it, the engine's number and time
 * for it, and where its effects go. Deciders are functions of a turn; they do no I/O and read no clock.
 */
export interface Turn {
  state: EngineState;
  registry: Registry;
  /** The one in force at this input. */
  rulebook: Rulebook;
  /** The one under which tickets open at this input; that of an open ticket: {@link EngineState.workflowOf}. */
  workflow: Workflow;
  effects: Effects;
  /** Engine number of this input. Ids derive from it. */
  no: number;
  /** The event that it is, or that began what now falls due; null: it is something else. */
  event: Omit<DeviceEvent, 'ident'> | null;
  /** Letters of the ids that this input has made. */
  made: string;
  /** Alarms that began or ceased to inhibit others in this turn. */
  stirred: AlarmRecord[];
  /** Incidents with a ticket of which this input made something new: a team may have to be ordered. */
  inMotion: string[];
  /** Engine time, milliseconds since 1970. */
  now: number;
  /** Who reported in this batch, by id: the registry knows them after its commit. */
  witnesses: Map<string, RegisteredDevice>;
  /** Number of the next witness. */
  nextDevice: number;
  /** Open incident that a person puts what they report to; null: the rules group it. */
  joins: string | null;
  /** Day in the county's time zone, YYMMDD: for case codes. */
  day: string;
  /** Time zone of the county, such as `Asia/Shanghai`. */
  timeZone: string;
}

export function saveAlarm(turn: Turn, alarm: AlarmRecord): void {
  turn.state.putAlarm(alarm);
  turn.effects.alarms.set(alarm.id, alarm);
}

export function saveIncident(turn: Turn, incident: IncidentRecord): void {
  turn.state.putIncident(incident);
  turn.effects.incidents.set(incident.id, incident);
}

export function saveTicket(turn: Turn, ticket: TicketRecord): void {
  turn.state.putTicket(ticket);
  turn.effects.tickets.set(ticket.id, ticket);
}

export function saveHold(turn: Turn, hold: HoldRecord): void {
  turn.state.putHold(hold);
  turn.effects.holds.set(hold.id, hold);
}

export function saveBroadcast(turn: Turn, broadcast: BroadcastRecord): void {
  turn.state.putBroadcast(broadcast);
  turn.effects.broadcasts.set(broadcast.id, broadcast);
}

export function saveUpkeep(turn: Turn, order: UpkeepRecord): void {
  turn.state.putUpkeep(order);
  turn.effects.upkeep.set(order.id, order);
}

/** Sets the due item of this id, or takes it away with null. */
export function saveDue(turn: Turn, id: string, item: DueItem | null): void {
  if (item === null) turn.state.due.delete(id);
  else turn.state.due.set(id, item);
  turn.effects.due.set(id, item);
}

/** Takes a due item away, if there is one. */
export function cancelDue(turn: Turn, id: string): void {
  if (turn.state.due.get(id) !== undefined) saveDue(turn, id, null);
}

/** The next input's turn begins. */
export function beginTurn(turn: Turn, no: number, event: DeviceEvent | null): void {
  turn.no = no;
  turn.event = event;
  turn.made = '';
  turn.inMotion = [];
  turn.joins = null;
}

/** Id of a record or message that this input makes: county, letter, engine number in base 36; the second of a letter on, which. */
export function newId(turn: Turn, letter: 'A' | 'B' | 'F' | 'H' | 'I' | 'M' | 'T' | 'U'): string {
  const before = turn.made.split(letter).length;
  turn.made += letter;
  const which = before === 1 ? '' : `.${before}`;
  return `${turn.registry.county.code}-${letter}${turn.no.toString(36)}${which}`;
}

/** What goes on the record besides what the turn knows. */
export interface Act {
  act: string;
  subject: string;
  area: string;
  run: string | null;
  reason: string;
  detail: object;
  /** What concerns a person: kept beside the record, where it can be erased. Null: nothing. */
  personal?: object | null;
  /** Absent: the engine decided by itself. */
  actor?: Actor;
  seat?: string;
}

/** Puts an act or automatic decision on the record. */
export function recordAct(turn: Turn, recorded: Act): void {
  const { act, subject, area, run, reason, detail, personal = null, actor, seat } = recorded;
  turn.effects.audit.push({
    at: turn.now,
    actor: actor?.account ?? 'engine',
    role: actor?.role ?? 'engine',
    seat: seat ?? '',
    act,
    subject,
    area,
    run,
    reason,
    detail: JSON.stringify(detail),
    personal: personal === null ? null : JSON.stringify(personal),
  });
}
