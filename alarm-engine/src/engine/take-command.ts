import type {
  AdministratorsAct,
  Command,
  CommandAnswer,
  PutRulebook,
  RefusalReason,
} from '@fenghuo/contracts/commands.ts';
import type { Words } from '@fenghuo/contracts/words.ts';
import { type AlarmInput, transition } from '../alarms/lifecycle.ts';
import { checkMove } from '../tickets/workflow.ts';
import type { Actor, WaitingCommand } from './inputs.ts';
import { changeFacts } from './keep-alarm.ts';
import { endDrill, startDrill } from './keep-drill.ts';
import { moveTicket } from './move-ticket.ts';
import { putRulebook } from './put-rulebook.ts';
import { giveTicket } from './set-in-motion.ts';
import { recordAct, saveAlarm, saveIncident, type Turn } from './turn.ts';

/** Decides on a person's act and answers it. Two acts on one version: the first wins, the second is told. */
export function takeCommand(turn: Turn, { actor, body }: WaitingCommand): void {
  turn.effects.answers.push({ answer: decide(turn, actor, body), engineNo: turn.no });
}

function decide(turn: Turn, actor: Actor, body: Command): CommandAnswer {
  switch (body.act) {
    case 'acknowledge-alarm':
      return changeAlarm(turn, actor, body, { type: 'acknowledge' });
    case 'reset-alarm':
      return changeAlarm(turn, actor, body, { type: 'reset' });
    case 'acknowledge-incident':
      return acknowledgeIncident(turn, actor, body);
    case 'open-ticket':
      return openByHand(turn, actor, body);
    case 'move-ticket':
      return move(turn, actor, body);
    case 'start-drill':
      return startDrill(turn, actor, body)
        ? done(turn, body, 1)
        : refuse(body, 'not-allowed-now', alreadyRuns);
    case 'end-drill':
      return endDrill(turn, actor, body) ? done(turn, body, 2) : refuse(body, 'unknown-subject', unknown);
    case 'put-rulebook':
      return revise(turn, actor, body);
    case 'reprocess-quarantine':
    case 'issue-credential':
    case 'revoke-credential':
    case 'issue-carrier-source':
    case 'revoke-carrier-source':
      return administer(turn, actor, body);
  }
}

/** What an administrator does outside of the writer's world: the writer keeps the record, in its one chain. */
function administer(turn: Turn, actor: Actor, body: AdministratorsAct): CommandAnswer {
  const { act, subject, reason, seat } = body;
  const area = turn.registry.county.code;
  recordAct(turn, { act, subject, area, run: null, reason, detail: { what: body.detail }, actor, seat });
  return done(turn, body, 1);
}

function revise(turn: Turn, actor: Actor, body: PutRulebook): CommandAnswer {
  const put = putRulebook(turn, actor, body);
  return put.ok ? done(turn, body, put.version) : refuse(body, put.reason, put.message);
}

type Versioned = Extract<Command, { expectedVersion: number }>;

function changeAlarm(turn: Turn, actor: Actor, body: Versioned, input: AlarmInput): CommandAnswer {
  const alarm = turn.state.alarms.get(body.subject);
  const refused = checkSubject(body, actor, alarm, alarm?.acknowledgedBy ?? null);
  if (refused !== null || alarm === undefined) return refused ?? refuse(body, 'unknown-subject', unknown);
  const result = transition(alarm, input);
  if (!result.ok) return refuse(body, 'not-allowed-now', lifecycleWords[result.reason]);
  const changed = changeFacts(turn, alarm, result.facts, { why: input.type, actor });
  if (input.type === 'acknowledge')
    saveAlarm(turn, { ...changed, acknowledgedAt: turn.now, acknowledgedBy: actor.account });
  onRecord(turn, actor, body, alarm);
  return done(turn, body, changed.version);
}

function acknowledgeIncident(turn: Turn, actor: Actor, body: Versioned): CommandAnswer {
  const incident = turn.state.incidents.get(body.subject);
  const refused = checkSubject(body, actor, incident, null);
  if (refused !== null || incident === undefined) return refused ?? refuse(body, 'unknown-subject', unknown);
  onRecord(turn, actor, body, incident);
  const acknowledged = { ...incident, version: incident.version + 1 };
  saveIncident(turn, acknowledged);
  for (const id of incident.alarms) {
    const alarm = turn.state.alarms.get(id);
    if (alarm === undefined) continue;
    const result = transition(alarm, { type: 'acknowledge' });
    if (!result.ok) continue;
    const who = { ...alarm, acknowledgedAt: turn.now, acknowledgedBy: actor.account };
    changeFacts(turn, who, result.facts, { why: 'acknowledge', actor });
  }
  return done(turn, body, acknowledged.version);
}

function openByHand(turn: Turn, actor: Actor, body: Versioned): CommandAnswer {
  const incident = turn.state.incidents.get(body.subject);
  const refused = checkSubject(body, actor, incident, null);
  if (refused !== null || incident === undefined) return refused ?? refuse(body, 'unknown-subject', unknown);
  if (incident.ticket !== null) return refuse(body, 'not-allowed-now', hasTicket);
  onRecord(turn, actor, body, incident);
  return done(turn, body, giveTicket(turn, incident).version);
}

function move(turn: Turn, actor: Actor, body: Extract<Command, { act: 'move-ticket' }>): CommandAnswer {
  const ticket = turn.state.tickets.get(body.subject);
  const refused = checkSubject(body, actor, ticket, ticket?.moves.at(-1)?.by ?? null);
  if (refused !== null || ticket === undefined) return refused ?? refuse(body, 'unknown-subject', unknown);
  const check = checkMove(ticket.step, body.to, body.reason);
  if (!check.ok) return refuse(body, check.reason, moveWords[check.reason], check.allowed);
  const holder = body.holder === undefined ? undefined : turn.registry.units.get(body.holder);
  if (body.holder !== undefined && holder === undefined) return refuse(body, 'unknown-subject', unknown);
  const moved = moveTicket(turn, ticket, {
    to: body.to,
    holder,
    reason: body.reason,
    actor,
    seat: body.seat,
  });
  return done(turn, body, moved.version);
}

function checkSubject(
  body: Versioned,
  actor: Actor,
  subject: { version: number; area: string } | undefined,
  lastBy: string | null,
): CommandAnswer | null {
  if (subject === undefined) return refuse(body, 'unknown-subject', unknown);
  if (!subject.area.startsWith(actor.area)) return refuse(body, 'not-authorised', outOfArea);
  if (subject.version === body.expectedVersion) return null;
  return refuse(body, 'version-conflict', {
    zh: `${lastBy === null ? '记录' : lastBy}已先行更改，现为第 ${subject.version} 版，请看过再操作`,
    en: `${lastBy ?? 'The record'} changed it first; it is at version ${subject.version} now: look again, then act`,
  });
}

function onRecord(
  turn: Turn,
  actor: Actor,
  body: Versioned,
  subject: { area: string; run: string | null },
): void {
  recordAct(turn, {
    act: body.act,
    subject: body.subject,
    area: subject.area,
    run: subject.run,
    reason: body.reason,
    detail: { expectedVersion: body.expectedVersion },
    actor,
    seat: body.seat,
  });
}

function done(turn: Turn, body: Command, version: number): CommandAnswer {
  return { ok: true, id: body.id, engineNo: turn.no, version };
}

function refuse(
  body: Command,
  reason: RefusalReason,
  message: Words,
  allowed: readonly string[] = [],
): CommandAnswer {
  return { ok: false, id: body.id, reason, message, allowed: [...allowed] };
}

const unknown: Words = {
  zh: '没有这条在办记录，可能已经关闭',
  en: 'No such open record; it may be closed already',
};
const hasTicket: Words = { zh: '这起警情已有工单', en: 'The incident has a ticket already' };
const outOfArea: Words = { zh: '不在您的辖区内', en: 'It lies outside your area' };
const alreadyRuns: Words = { zh: '这场演练已经在进行或已经结束', en: 'This drill runs already, or is over' };
const moveWords: Record<'not-allowed-now' | 'reason-required', Words> = {
  'not-allowed-now': { zh: '当前环节不能这样流转', en: 'The ticket cannot go there from its present step' },
  'reason-required': { zh: '请写明原因', en: 'Say why' },
};
const lifecycleWords: Record<'no-change' | 'condition-still-active' | 'nothing-to-acknowledge', Words> = {
  'no-change': { zh: '已经是这个状态', en: 'It is so already' },
  'condition-still-active': {
    zh: '现场条件仍未解除，不能复位',
    en: 'The condition still holds; it cannot be reset',
  },
  'nothing-to-acknowledge': { zh: '已经确认过', en: 'It is acknowledged already' },
};
