import type { BroadcastRecord } from '@fenghuo/contracts/broadcasts.ts';
import type { HistoryEvent } from '@fenghuo/contracts/history.ts';
import type { Change, ChangesMessage, Snapshot } from '@fenghuo/contracts/push.ts';
import type { AlarmRecord, HoldRecord, TicketRecord, UpkeepRecord } from '@fenghuo/contracts/records.ts';
import { isReport } from '@fenghuo/contracts/words.ts';

/** A person as others call them. */
interface Contact {
  name: string;
  phone: string;
}

/** 王某: the surname stays, so that people can still be told apart on the phone. */
export function maskName(name: string): string {
  const [surname] = [...name];
  return surname === undefined ? '' : `${surname}某`;
}

/** 138****2207: three digits in front and four behind; a number too short for that is hidden whole. */
export function maskPhone(phone: string): string {
  const digits = [...phone];
  if (digits.length < 8) return '*'.repeat(digits.length);
  const hidden = '*'.repeat(digits.length - 7);
  return `${digits.slice(0, 3).join('')}${hidden}${digits.slice(-4).join('')}`;
}

/** A contact as roles without the right to personal data see it. */
export function maskContact(contact: Contact): Contact {
  return { name: maskName(contact.name), phone: maskPhone(contact.phone) };
}

/** Mobile numbers of the mainland (11 digits from 13 on, also with +86), and numbers of landlines with their area code. */
const numbers = /(?<!\d)(?:(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}|0\d{2,3}[- ]?\d{7,8})(?!\d)/g;

/** A text that somebody typed, its telephone numbers masked. */
export function maskNumbers(text: string): string {
  return text.replaceAll(numbers, maskPhone);
}

/** Records as roles without the right to personal data see them: what people wrote may name a number. */
export function maskTicket(ticket: TicketRecord): TicketRecord {
  const moves = ticket.moves.map((move) => ({ ...move, reason: move.reason && maskNumbers(move.reason) }));
  const { listed, visits, evidence } = ticket;
  return {
    ...ticket,
    moves,
    listed: listed && { ...listed, reason: maskNumbers(listed.reason) },
    visits: visits.map((visit) => ({ ...visit, note: maskNumbers(visit.note) })),
    evidence: evidence.map((item) => ({ ...item, note: item.note && maskNumbers(item.note) })),
  };
}

export function maskAlarm(alarm: AlarmRecord): AlarmRecord {
  const { acknowledgedComment, shelf } = alarm;
  if (acknowledgedComment === null && shelf === null) return alarm;
  return {
    ...alarm,
    acknowledgedComment: acknowledgedComment && maskNumbers(acknowledgedComment),
    shelf: shelf && { ...shelf, reason: maskNumbers(shelf.reason) },
  };
}

export function maskUpkeep<T extends UpkeepRecord>(order: T): T {
  const { assigned, resolved, returns } = order;
  return {
    ...order,
    assigned: assigned && { ...assigned, person: maskName(assigned.person) },
    resolved: resolved && { ...resolved, note: maskNumbers(resolved.note) },
    returns: returns.map((one) => ({ ...one, reason: maskNumbers(one.reason) })),
  };
}

export function maskHold(hold: HoldRecord): HoldRecord {
  return { ...hold, reason: maskNumbers(hold.reason) };
}

export function maskBroadcast<T extends BroadcastRecord>(broadcast: T): T {
  return { ...broadcast, text: maskNumbers(broadcast.text), from: maskName(broadcast.from) };
}

/** What a citizen reported stands in `attrs` as it was said, and is left out whole. */
export function maskEvent(event: HistoryEvent): HistoryEvent {
  return isReport(event.kind) ? { ...event, attrs: null } : event;
}

export function maskSnapshot(snapshot: Snapshot): Snapshot {
  return {
    ...snapshot,
    alarms: snapshot.alarms.map(maskAlarm),
    tickets: snapshot.tickets.map(maskTicket),
    holds: snapshot.holds.map(maskHold),
    broadcasts: snapshot.broadcasts.map(maskBroadcast),
    units: snapshot.units.map((unit) => ({ ...unit, onDuty: unit.onDuty && maskName(unit.onDuty) })),
  };
}

export function maskChanges(message: ChangesMessage): ChangesMessage {
  return { ...message, changes: message.changes.map(maskChange) };
}

function maskChange(change: Change): Change {
  switch (change.topic) {
    case 'alarm':
      return { ...change, doc: change.doc && maskAlarm(change.doc) };
    case 'ticket':
      return { ...change, doc: change.doc && maskTicket(change.doc) };
    case 'hold':
      return { ...change, doc: change.doc && maskHold(change.doc) };
    case 'broadcast':
      return { ...change, doc: change.doc && maskBroadcast(change.doc) };
    case 'incident':
    case 'drill':
    case 'flood':
      return change;
  }
}
