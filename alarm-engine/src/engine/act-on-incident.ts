import type { Command, CommandAnswer } from '@fenghuo/contracts/commands.ts';
import type { IncidentRecord } from '@fenghuo/contracts/records.ts';
import type { Words } from '@fenghuo/contracts/words.ts';
import { transition } from '../alarms/lifecycle.ts';
import { acknowledgedBy } from './act-on-alarm.ts';
import { checkVersion, done, lacksReason, onRecord, refuse, sayWhy, unknown } from './command-answer.ts';
import type { Actor } from './inputs.ts';
import { changeFacts } from './keep-alarm.ts';
import { mergeIncidents, openAlarms, splitIncident } from './regroup-incidents.ts';
import { giveTicket } from './set-in-motion.ts';
import { saveIncident, type Turn } from './turn.ts';

type Merge = Extract<Command, { act: 'merge-incidents' }>;
type Split = Extract<Command, { act: 'split-incident' }>;
type IncidentCommand = Extract<Command, { act: 'acknowledge-incident' | 'open-ticket' }> | Merge | Split;

/** Does what a person wants of an incident. */
export function actOnIncident(turn: Turn, actor: Actor, body: IncidentCommand): CommandAnswer {
  const incident = turn.state.incidents.get(body.subject);
  if (incident === undefined) return refuse(body, 'unknown-subject', unknown);
  const ticket = turn.state.tickets.get(incident.ticket ?? '');
  const seen = { version: body.expectedVersion, lastBy: null, ticket };
  const refused = checkVersion(turn, body, actor, incident, seen);
  if (refused !== null) return refused;
  switch (body.act) {
    case 'acknowledge-incident':
      return acknowledge(turn, actor, body, incident);
    case 'open-ticket':
      return openByHand(turn, actor, body, incident);
    case 'merge-incidents':
      return merge(turn, actor, body, incident);
    case 'split-incident':
      return split(turn, actor, body, incident);
  }
}

function acknowledge(
  turn: Turn,
  actor: Actor,
  body: Extract<Command, { act: 'acknowledge-incident' }>,
  incident: IncidentRecord,
): CommandAnswer {
  const acknowledged = { ...incident, version: incident.version + 1 };
  saveIncident(turn, acknowledged);
  const alarms: string[] = [];
  for (const alarm of openAlarms(turn, incident)) {
    const result = transition(alarm, { type: 'acknowledge' });
    if (!result.ok) continue;
    alarms.push(alarm.id);
    const cause = { why: 'acknowledge', actor, reason: body.reason };
    changeFacts(turn, acknowledgedBy(turn, alarm, actor, body), result.facts, cause);
  }
  onRecord(turn, actor, body, incident, { before: 'unacknowledged', after: 'acknowledged', alarms });
  return done(turn, body, acknowledged.version);
}

function openByHand(
  turn: Turn,
  actor: Actor,
  body: Extract<Command, { act: 'open-ticket' }>,
  incident: IncidentRecord,
): CommandAnswer {
  if (incident.ticket !== null) return refuse(body, 'not-allowed-now', hasTicket);
  const ticketed = giveTicket(turn, incident);
  onRecord(turn, actor, body, incident, { before: null, after: ticketed.ticket });
  return done(turn, body, ticketed.version);
}

function merge(turn: Turn, actor: Actor, body: Merge, incident: IncidentRecord): CommandAnswer {
  const into = turn.state.incidents.get(body.into);
  if (into === undefined) return refuse(body, 'unknown-subject', unknown);
  const refused = checkVersion(turn, body, actor, into, { version: body.intoVersion, lastBy: null });
  if (refused !== null) return refused;
  if (into.id === incident.id) return refuse(body, 'not-allowed-now', itself);
  if (into.run !== incident.run) return refuse(body, 'not-allowed-now', twoWorlds);
  if (lacksReason(body)) return refuse(body, 'reason-required', sayWhy);
  const grown = mergeIncidents(turn, incident, into, { actor, seat: body.seat });
  onRecord(turn, actor, body, incident, {
    before: { caseCode: incident.caseCode, alarms: incident.alarms },
    after: { into: into.id, caseCode: into.caseCode, severity: grown.severity },
  });
  return done(turn, body, incident.version + 1);
}

function split(turn: Turn, actor: Actor, body: Split, incident: IncidentRecord): CommandAnswer {
  const open = openAlarms(turn, incident);
  const leaving = open.filter(({ id }) => body.alarms.includes(id));
  if (leaving.length === 0 || leaving.length !== new Set(body.alarms).size)
    return refuse(body, 'unknown-subject', notOfIt);
  if (leaving.length === open.length) return refuse(body, 'not-allowed-now', oneStays);
  if (lacksReason(body)) return refuse(body, 'reason-required', sayWhy);
  const opened = splitIncident(turn, incident, leaving, { actor, seat: body.seat });
  onRecord(turn, actor, body, incident, {
    before: { caseCode: incident.caseCode, severity: incident.severity, alarms: incident.alarms },
    after: { into: opened.id, caseCode: opened.caseCode, alarms: opened.alarms },
  });
  return done(turn, body, incident.version + 1);
}

const hasTicket: Words = { zh: '这起警情已有工单', en: 'The incident has a ticket already' };
const itself: Words = { zh: '不能并入自己', en: 'An incident cannot be merged into itself' };
const twoWorlds: Words = {
  zh: '演练与实警不能合并',
  en: 'What belongs to a drill and what is live cannot be merged',
};
const notOfIt: Words = {
  zh: '有告警不在这起警情中，或已经关闭',
  en: 'An alarm is not of this incident, or is closed already',
};
const oneStays: Words = { zh: '至少要留下一条告警', en: 'At least one alarm must stay' };
