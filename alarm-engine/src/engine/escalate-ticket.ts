import type { TicketRecord } from '@fenghuo/contracts/records.ts';
import type { Words } from '@fenghuo/contracts/words.ts';
import { escalateEveryMs } from '@fenghuo/contracts/workflow.ts';
import { nextUp, whoHearsLateness } from '../chain/next-up.ts';
import type { RegisteredUnit } from '../registry/registry.ts';
import { withMiss, withTold } from '../tickets/lateness.ts';
import type { DueItem } from './due-heap.ts';
import { tellHolder } from './tell-holder.ts';
import { rosterOf, tellUnit } from './tell-unit.ts';
import { cancelDue, recordAct, saveDue, saveTicket, type Turn } from './turn.ts';

/** Id of a due item: the next level up hears it. */
const escalationOf = (ticket: string) => `escalate:${ticket}`;

/**
 * A ticket that missed its deadline is overdue, and stays so until it is met. Its holder is told, and one level up; after
 * each further interval the next, counted from the deadline: what a standstill kept back is made up for at once.
 */
export function missDeadline(turn: Turn, { subject, at }: DueItem): void {
  const ticket = turn.state.tickets.get(subject);
  if (ticket === undefined) return;
  const isUnderWay = isGoingUp(turn, ticket) && isUnacknowledged(turn, ticket);
  const late: TicketRecord = {
    ...withDeadlineMissed(ticket, at),
    overdue: true,
    escalations: isUnderWay ? ticket.escalations : [],
    version: ticket.version + 1,
  };
  saveTicket(turn, late);
  const { id, area, run, holder, due } = ticket;
  recordAct(turn, {
    ...{ act: 'miss-deadline', subject: id, area, run, reason: '' },
    detail: { stage: due?.stage, holder },
  });
  const goesUp = intervalOf(turn, late) !== null && nextFor(turn, late) !== null;
  if (!goesUp || rosterOf(turn).count(holder) > 0) tellHolder(turn, 'deadline-missed', late);
  if (!isUnderWay) goUp(turn, late, at);
}

/** The stage owed was not reached by its time. */
export function withDeadlineMissed(ticket: TicketRecord, at: number): TicketRecord {
  const { stage = null, at: dueAt = at, limitMs = null } = ticket.due ?? {};
  return withMiss(ticket, { what: 'deadline', stage, dueAt, limitMs });
}

/** One level further, if it is still late. */
export function escalateFurther(turn: Turn, { subject, at }: DueItem): void {
  const ticket = turn.state.tickets.get(subject);
  if (ticket !== undefined && (ticket.overdue || isUnacknowledged(turn, ticket)))
    goUp(turn, { ...ticket, version: ticket.version + 1 }, at);
}

/**
 * Nobody has acknowledged anything of a case in time: it is late for good, and goes up as a missed deadline does, unless it
 * is on its way up already.
 */
export function escalateUnacknowledged(turn: Turn, ticket: TicketRecord, at: number): void {
  if (!isUnacknowledged(turn, ticket)) return;
  const limitMs = turn.state.workflowOf(ticket).severities[ticket.severity].acknowledgedWithinMs;
  const late: TicketRecord = {
    ...withMiss(ticket, { what: 'acknowledgement', stage: null, dueAt: at, limitMs }),
    version: ticket.version + 1,
  };
  saveTicket(turn, late);
  if (!ticket.overdue && !isGoingUp(turn, ticket)) goUp(turn, { ...late, escalations: [] }, at);
}

/** What was late is no more: the case is over, or became graver and has other deadlines. Nothing of it goes up any more. */
export function endLateness(turn: Turn, ticket: string): void {
  cancelDue(turn, escalationOf(ticket));
}

/** The next level up is told once, is named on the ticket, whose version has been counted on, and the level after it has its time set. */
function goUp(turn: Turn, ticket: TicketRecord, at: number): void {
  const next = intervalOf(turn, ticket) === null ? null : nextFor(turn, ticket);
  if (next === null) return;
  const { id: unit, level, name } = next;
  const told = withTold(ticket, { unit, level, name, at: turn.now });
  saveTicket(turn, told);
  const note = ticket.overdue ? lateWords(turn, ticket) : nobodyLooked;
  const { id: subject, area, run, holder } = ticket;
  recordAct(turn, {
    ...{ act: 'escalate-ticket', subject, area, run, reason: `${note.zh} / ${note.en}` },
    detail: { to: unit, level, holder, stage: ticket.due?.stage ?? null },
  });
  tellUnit(turn, told, { kind: 'escalated', unit, note, whom: whoHearsLateness });
  const every = intervalOf(turn, ticket);
  if (every === null || nextFor(turn, told) === null) return;
  const due = escalationOf(ticket.id);
  const item = { id: due, at: at + every, subject: ticket.id };
  saveDue(turn, due, { ...item, kind: 'escalate', detail: null });
}

/** After how long each further level is told, ms; null: what is late stays with its holder. */
const intervalOf = ({ state }: Turn, ticket: TicketRecord) =>
  escalateEveryMs(state.workflowOf(ticket), ticket.severity);

/** A level above has its time set; it may be of a lateness that is over. */
const isGoingUp = ({ state }: Turn, { id }: TicketRecord) => state.due.get(escalationOf(id)) !== undefined;

function nextFor(turn: Turn, { holder, escalations }: TicketRecord): RegisteredUnit | null {
  const { units } = turn.registry;
  const unit = units.get(holder);
  return unit === undefined ? null : nextUp((id) => units.get(id), rosterOf(turn), unit, escalations);
}

/** Its workflow asks for an acknowledgement, and nobody has given one of any of its alarms. */
function isUnacknowledged({ state }: Turn, ticket: TicketRecord): boolean {
  const { acknowledgedWithinMs } = state.workflowOf(ticket).severities[ticket.severity];
  if (acknowledgedWithinMs === null) return false;
  const alarms = (state.incidents.get(ticket.incident)?.alarms ?? []).map((id) => state.alarms.get(id));
  const isLookedAt = alarms.some((alarm) => alarm?.acknowledged);
  return !isLookedAt && alarms.some((alarm) => alarm !== undefined && asksForAttention(alarm.state));
}

const asksForAttention = (state: string) => state === 'unacknowledged' || state === 'returned-unacknowledged';

function lateWords({ now }: Turn, { holderName, due }: TicketRecord): Words {
  const s = Math.max(0, Math.round((now - (due?.at ?? now)) / 1000));
  const [zh, en] =
    s < 120 ? [`${s} 秒`, `${s} s`] : [`${Math.round(s / 60)} 分钟`, `${Math.round(s / 60)} min`];
  return { zh: `${holderName.zh}逾期 ${zh}`, en: `${holderName.en} is ${en} late` };
}

const nobodyLooked: Words = {
  zh: '警情无人确认',
  en: 'nobody has acknowledged the incident',
};
