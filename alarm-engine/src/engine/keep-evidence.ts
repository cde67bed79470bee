import type { CaseEvidence } from '@fenghuo/contracts/case.ts';
import type { Command, CommandAnswer } from '@fenghuo/contracts/commands.ts';
import type { IncidentRecord, TicketRecord } from '@fenghuo/contracts/records.ts';
import type { Words } from '@fenghuo/contracts/words.ts';
import { camerasNear } from '../registry/camera-index.ts';
import { trueTime } from '../tickets/true-time.ts';
import { type ClosedCase, incidentOf, ticketOf } from './closed-case.ts';
import { done, lacksReason, mayReachCase, onRecord, outOfArea, refuse, sayWhy } from './command-answer.ts';
import type { Actor } from './inputs.ts';
import { saveTicket, type Turn } from './turn.ts';

type Evidence = Extract<Command, { act: 'add-note' | 'add-evidence' }>;

/** Pieces that one ticket takes: its record goes to every screen at every change. */
const mostEvidence = 200;
/** Cameras within this have seen something of it, and so many of them are named. */
const [nearM, mostCameras] = [200, 6];

/**
 * Keeps words or a file as evidence of a case, open or closed. It changes nothing that anybody decides on, so the ticket
 * keeps its version: who moves it is not told to look again because of a photo.
 */
export function addEvidence(
  turn: Turn,
  actor: Actor,
  body: Evidence,
  closed: ClosedCase | null,
): CommandAnswer {
  const incident = incidentOf(turn, closed, body.subject);
  if (incident === undefined) return refuse(body, 'unknown-subject', noSuchCase);
  const { area, ticket: open } = incident;
  if (!mayReachCase(turn, actor, body, { area, ticket: turn.state.tickets.get(open ?? '') }))
    return refuse(body, 'not-authorised', outOfArea);
  if (body.act === 'add-note' && lacksReason(body)) return refuse(body, 'reason-required', sayWhy);
  const ticket = incident.ticket === null ? undefined : ticketOf(turn, closed, incident.ticket);
  if ((ticket?.evidence.length ?? 0) >= mostEvidence) return refuse(body, 'not-allowed-now', full);
  const file = body.act === 'add-note' ? null : body.file;
  const told = body.act === 'add-note' ? undefined : body.doneAt;
  const doneAt = trueTime(told, { notBefore: incident.openedAt, now: turn.now });
  const item: CaseEvidence = {
    id: body.id,
    kind: file?.kind ?? 'note',
    at: turn.now,
    by: actor.account,
    note: body.reason || null,
    ...doneAt,
    file,
  };
  turn.effects.evidence.push({ incident: incident.id, item });
  if (ticket !== undefined) saveTicket(turn, withItem(ticket, item));
  const goesOn = ticketThatGoesOn(turn, incident);
  if (goesOn !== undefined) saveTicket(turn, withItem(goesOn, item));
  onRecord(turn, actor, body, incident, { evidence: item.id, kind: item.kind, file, ...doneAt });
  return done(turn, body, (ticket ?? incident).version);
}

/** Of a case that was merged away: the open ticket of the one that took it in. */
function ticketThatGoesOn({ state }: Turn, { mergedInto }: IncidentRecord): TicketRecord | undefined {
  const into = mergedInto === null ? undefined : state.incidents.get(mergedInto);
  return state.tickets.get(into?.ticket ?? '');
}

function withItem(ticket: TicketRecord, { file: _, ...item }: CaseEvidence): TicketRecord {
  return { ...ticket, evidence: [...ticket.evidence, item] };
}

/** The cameras near an incident, as they stand when it opens or gets a place. */
export function keepCameras(turn: Turn, { id, lon, lat }: IncidentRecord): void {
  if (lon === null || lat === null) return;
  const cameras = camerasNear(turn.registry, { lon, lat, metres: nearM, most: mostCameras });
  if (cameras.length > 0) turn.effects.cameras.set(id, cameras);
}

const noSuchCase: Words = { zh: '没有这起警情', en: 'There is no such incident' };
const full: Words = {
  zh: `一件工单最多保存 ${mostEvidence} 份证据`,
  en: `A ticket takes ${mostEvidence} pieces of evidence and no more`,
};
