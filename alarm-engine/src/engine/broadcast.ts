import { type BroadcastRecord, mostBroadcastUnits } from '@fenghuo/contracts/broadcasts.ts';
import type { Command, CommandAnswer } from '@fenghuo/contracts/commands.ts';
import type { IncidentRecord } from '@fenghuo/contracts/records.ts';
import type { Words } from '@fenghuo/contracts/words.ts';
import type { Roster } from '../chain/roster.ts';
import { liesIn } from '../registry/lies-in.ts';
import { areaWords, type RegisteredUnit } from '../registry/registry.ts';
import { trueTime } from '../tickets/true-time.ts';
import { done, lacksReason, mayReach, onRecord, outOfArea, refuse, unknown } from './command-answer.ts';
import type { Actor } from './inputs.ts';
import { asTold, rosterOf } from './tell-unit.ts';
import { cancelDue, newId, recordAct, saveBroadcast, saveDue, type Turn } from './turn.ts';

type Send = Extract<Command, { act: 'send-broadcast' }>;
type Read = Extract<Command, { act: 'read-broadcast' }>;

/** Nobody asks after a day whether it was read. */
const openMs = 24 * 3_600_000;

/** A unit and who of it hears it: those on duty; of a drill its participants. */
interface Addressee {
  unit: RegisteredUnit;
  people: string[];
}

/**
 * Says something to every unit of a level in an area. Unlike a message about a ticket it goes nowhere else where nobody is
 * on duty: a hundred empty villages would ring one township a hundred times. Its receipts show who has not heard.
 */
export function sendBroadcast(turn: Turn, actor: Actor, body: Send): CommandAnswer {
  if (lacksReason(body)) return refuse(body, 'reason-required', sayWhat);
  const incident = body.of === 'incident' ? turn.state.incidents.get(body.subject) : null;
  if (incident === undefined) return refuse(body, 'unknown-subject', unknown);
  const areas = incident === null ? [body.area] : [body.area, incident.area];
  if (!areas.every((area) => mayReach(turn, actor, area))) return refuse(body, 'not-authorised', outOfArea);
  const to = addresseesOf(turn, body, incident?.run ?? null);
  if (to.length === 0) return refuse(body, 'not-allowed-now', nobodyThere);
  if (to.length > mostBroadcastUnits) return refuse(body, 'not-allowed-now', tooMany(to.length));
  const broadcast = openBroadcast(turn, actor, { body, incident, units: to.length });
  for (const one of to) address(turn, broadcast, one);
  const { id, level, area, run, units } = broadcast;
  onRecord(turn, actor, body, { area: incident?.area ?? area, run }, { broadcast: id, level, area, units });
  return done(turn, body, broadcast.version);
}

interface Opening {
  body: Send;
  incident: IncidentRecord | null;
  units: number;
}

function openBroadcast(turn: Turn, actor: Actor, { body, incident, units }: Opening): BroadcastRecord {
  const { level, area, reason } = body;
  const broadcast: BroadcastRecord = {
    id: newId(turn, 'B'),
    run: incident?.run ?? null,
    incident: incident?.id ?? null,
    caseCode: incident?.caseCode ?? null,
    ...{ level, area, place: areaWords(turn.registry, area), text: reason.trim() },
    ...{ at: turn.now, by: actor.account, from: actor.name },
    ...{ units, read: 0, closedAt: null, version: 1 },
  };
  saveBroadcast(turn, broadcast);
  const id = dueIdOf(broadcast.id);
  saveDue(turn, id, {
    ...{ id, at: turn.now + openMs, kind: 'broadcast-ends', subject: broadcast.id, detail: null },
  });
  return broadcast;
}

function addresseesOf(turn: Turn, { level, area }: Send, run: string | null): Addressee[] {
  const units = turn.registry.unitsOf(level).filter((unit) => liesIn(unit.area, area));
  if (run !== null) return participantsOf(turn, run, units);
  const roster = rosterOf(turn);
  return units.map((unit) => ({ unit, people: idsOnDuty(roster, unit) }));
}

const idsOnDuty = (roster: Roster, { id }: RegisteredUnit) => roster.onDuty(id).map((person) => person.id);

function participantsOf(turn: Turn, run: string, units: readonly RegisteredUnit[]): Addressee[] {
  const named = turn.state.drills.get(run)?.participants ?? [];
  const of = (unit: RegisteredUnit) => named.filter((id) => turn.registry.people.get(id)?.unit === unit.id);
  return units.map((unit) => ({ unit, people: of(unit) })).filter(({ people }) => people.length > 0);
}

function address(turn: Turn, broadcast: BroadcastRecord, { unit, people }: Addressee): void {
  const { id, run, incident, text } = broadcast;
  turn.effects.broadcastUnits.push({ broadcast: id, unit: unit.id, told: people.length });
  turn.state.unreadBroadcasts.set(unreadKey(id, unit.id), true);
  if (people.length === 0) return;
  const ticket = turn.state.tickets.get(turn.state.incidents.get(incident ?? '')?.ticket ?? '');
  turn.effects.messages.push({
    ...{ id: `${newId(turn, 'M')}-broadcast`, kind: 'broadcast', unit: unit.id, people, run, incident },
    note: run === null ? { zh: text, en: text } : { zh: `【演练】${text}`, en: `DRILL: ${text}` },
    ticket: ticket === undefined ? null : asTold(ticket),
  });
}

/** A person of a unit has read it, for the unit. Whoever of it comes second is answered as if they were first. */
export function readBroadcast(turn: Turn, actor: Actor, body: Read): CommandAnswer {
  const broadcast = turn.state.broadcasts.get(body.subject);
  if (broadcast === undefined) return refuse(body, 'unknown-subject', unknown);
  const unit = turn.registry.units.get(actor.unit ?? '');
  if (unit === undefined || unit.level !== broadcast.level || !liesIn(unit.area, broadcast.area))
    return refuse(body, 'not-authorised', notForYou);
  const key = unreadKey(broadcast.id, unit.id);
  if (turn.state.unreadBroadcasts.get(key) === undefined) return done(turn, body, broadcast.version);
  turn.state.unreadBroadcasts.delete(key);
  const told = trueTime(body.doneAt, { notBefore: broadcast.at, now: turn.now });
  turn.effects.broadcastReads.push({
    ...{ broadcast: broadcast.id, unit: unit.id, by: actor.account, at: turn.now, ...told },
  });
  const read = { ...broadcast, read: broadcast.read + 1, version: broadcast.version + 1 };
  saveBroadcast(turn, read);
  onRecord(turn, actor, body, broadcast, { unit: unit.id, ...told });
  return done(turn, body, read.version);
}

/** Its day is over, or its drill: the record says how many have read it. */
export function endBroadcast(turn: Turn, id: string, reason = timeIsUp): void {
  const broadcast = turn.state.broadcasts.get(id);
  if (broadcast === undefined) return;
  const { area, run, read, units, version } = broadcast;
  for (const key of [...turn.state.unreadBroadcasts.keys()])
    if (key.startsWith(unreadKey(id, ''))) turn.state.unreadBroadcasts.delete(key);
  cancelDue(turn, dueIdOf(id));
  saveBroadcast(turn, { ...broadcast, closedAt: turn.now, version: version + 1 });
  recordAct(turn, { act: 'end-broadcast', subject: id, area, run, reason, detail: { read, units } });
}

/** Of {@link EngineState.unreadBroadcasts}. An id of a broadcast holds no bar. */
export const unreadKey = (broadcast: string, unit: string) => `${broadcast}|${unit}`;
const dueIdOf = (broadcast: string) => `broadcast-ends:${broadcast}`;

const timeIsUp = '到时 / its time is up';
const sayWhat: Words = { zh: '请写明通播内容', en: 'Write what is to be said' };
const nobodyThere: Words = {
  zh: '该辖区没有这一级单位（演练中：没有参演单位）',
  en: 'No unit of this level in the area (in a drill: none that takes part)',
};
const notForYou: Words = { zh: '不是发给本单位的', en: 'It is not for your unit' };
const tooMany = (units: number): Words => ({
  zh: `${units} 个单位超过一次通播的上限 ${mostBroadcastUnits}，请按镇街分发`,
  en: `${units} units are more than the ${mostBroadcastUnits} of one broadcast: send it by township`,
});
