import type { Command, CommandAnswer } from '@fenghuo/contracts/commands.ts';
import type { TicketRecord } from '@fenghuo/contracts/records.ts';
import type { Words } from '@fenghuo/contracts/words.ts';
import { chooseHolder } from '../chain/choose-holder.ts';
import { withMiss, withTold } from '../tickets/lateness.ts';
import { checkVersion, done, lacksReason, onRecord, refuse, sayWhy, unknown } from './command-answer.ts';
import type { Actor } from './inputs.ts';
import { tellHolder } from './tell-holder.ts';
import { cancelDue, recordAct, saveDue, saveTicket, type Turn } from './turn.ts';

type List = Extract<Command, { act: 'list-for-supervision' }>;
type EndList = Extract<Command, { act: 'end-supervision' }>;

const dueOf = (ticket: string) => `supervision-until:${ticket}`;
/** Nothing is watched over for longer: a slip of the hand in a date. Milliseconds. */
const longestMs = 366 * 24 * 60 * 60_000;

/** 挂牌督办: the ticket stands on the list until somebody says what came of it, or it is closed. */
export function superviseTicket(turn: Turn, actor: Actor, body: List | EndList): CommandAnswer {
  const ticket = turn.state.tickets.get(body.subject);
  if (ticket === undefined) return refuse(body, 'unknown-subject', unknown);
  const seen = {
    version: body.expectedVersion,
    lastBy: ticket.listed?.by ?? ticket.moves.at(-1)?.by ?? null,
  };
  const refused = checkVersion(turn, body, actor, ticket, seen);
  if (refused !== null) return refused;
  if (lacksReason(body)) return refuse(body, 'reason-required', sayWhy);
  return body.act === 'list-for-supervision'
    ? list(turn, actor, body, ticket)
    : endList(turn, actor, body, ticket);
}

function list(turn: Turn, actor: Actor, body: List, ticket: TicketRecord): CommandAnswer {
  if (ticket.listed !== null) return refuse(body, 'not-allowed-now', listedAlready);
  if (body.until <= turn.now) return refuse(body, 'not-allowed-now', inThePast);
  if (body.until - turn.now > longestMs) return refuse(body, 'not-allowed-now', tooFar);
  const { reason, until } = body;
  const listed = keep(turn, { ...ticket, listed: { at: turn.now, by: actor.account, reason, until } });
  onRecord(turn, actor, body, ticket, { until, holder: ticket.holder });
  tellHolder(turn, 'listed', listed);
  return done(turn, body, listed.version);
}

function endList(turn: Turn, actor: Actor, body: EndList, ticket: TicketRecord): CommandAnswer {
  if (ticket.listed === null) return refuse(body, 'not-allowed-now', notListed);
  const ended = keep(turn, { ...ticket, listed: null });
  onRecord(turn, actor, body, ticket, { before: ticket.listed });
  return done(turn, body, ended.version);
}

function keep(turn: Turn, ticket: TicketRecord): TicketRecord {
  const kept = { ...ticket, version: ticket.version + 1 };
  saveTicket(turn, kept);
  keepSupervision(turn, kept);
  return kept;
}

/** Keeps the due row of the list true to the record: one while it stands on it, none once its time is over. */
export function keepSupervision(turn: Turn, { id: subject, listed, closedAt }: TicketRecord): void {
  const id = dueOf(subject);
  if (listed === null || closedAt !== null) cancelDue(turn, id);
  else if (listed.until > turn.now)
    saveDue(turn, id, { id, at: listed.until, kind: 'supervision-until', subject, detail: null });
}

/** It is not done with by then: the county is told, once. */
export function missSupervision(turn: Turn, id: string): void {
  const ticket = turn.state.tickets.get(id);
  if (ticket === undefined || ticket.listed === null) return;
  const county = chooseHolder(turn.registry.unitsOf, 'county', ticket.area);
  const told = { unit: county.id, level: county.level, name: county.name, at: turn.now };
  const { at: listedAt, until: dueAt } = ticket.listed;
  const missed = { what: 'supervision', stage: null, dueAt, limitMs: dueAt - listedAt } as const;
  const heard = withTold(withMiss(ticket, missed), told);
  const isTold = ticket.escalations.some(({ unit }) => unit === county.id);
  const late: TicketRecord = {
    ...heard,
    escalations: isTold ? ticket.escalations : heard.escalations,
    version: ticket.version + 1,
  };
  saveTicket(turn, late);
  recordAct(turn, {
    act: 'miss-supervision',
    subject: ticket.id,
    area: ticket.area,
    run: ticket.run,
    reason: ticket.listed.reason,
    detail: { until: ticket.listed.until, holder: ticket.holder, told: county.id },
  });
  tellHolder(turn, 'supervision-overdue', {
    ...late,
    holder: county.id,
    holderLevel: county.level,
    holderName: county.name,
  });
}

const listedAlready: Words = { zh: '已经挂牌督办', en: 'It is listed for supervision already' };
const inThePast: Words = { zh: '督办期限已经过去', en: 'The time that it names has passed' };
const tooFar: Words = { zh: '督办期限最长 366 天', en: 'A ticket is listed for 366 days at most' };
const notListed: Words = { zh: '没有挂牌督办', en: 'It is not listed for supervision' };
