import type { Command } from '@fenghuo/contracts/commands.ts';
import type { DrillMessageKind } from '@fenghuo/contracts/deliveries.ts';
import type { DrillRecord } from '@fenghuo/contracts/records.ts';
import { quietFacts, stateOf } from '../alarms/lifecycle.ts';
import { tellParticipants } from '../drills/tell-participants.ts';
import { endBroadcast } from './broadcast.ts';
import type { Actor } from './inputs.ts';
import { keepAlarm } from './keep-alarm.ts';
import { endFloods } from './keep-flood.ts';
import { newId, recordAct, saveDue, saveIncident, saveTicket, saveUpkeep, type Turn } from './turn.ts';

/** Starts a drill: from now on events of its run raise alarms of its own. False when the run exists. */
export function startDrill(
  turn: Turn,
  actor: Actor,
  body: Extract<Command, { act: 'start-drill' }>,
): boolean {
  if (turn.state.drills.get(body.subject) !== undefined) return false;
  const drill: DrillRecord = {
    id: body.subject,
    title: body.title,
    participants: body.participants ?? [],
    startedAt: turn.now,
    startedBy: actor.account,
    endedAt: null,
    version: 1,
  };
  turn.state.drills.set(drill.id, drill);
  turn.effects.drills.set(drill.id, drill);
  onRecord(turn, actor, body, drill);
  tell(turn, 'drill-started', drill);
  return true;
}

function tell(turn: Turn, kind: DrillMessageKind, drill: DrillRecord): void {
  const { people } = turn.registry;
  turn.effects.drillMessages.push(...tellParticipants(kind, drill, { people, id: () => newId(turn, 'M') }));
}

/** Ends a drill and with it everything that it left open. False when it does not run. */
export function endDrill(turn: Turn, actor: Actor, body: Extract<Command, { act: 'end-drill' }>): boolean {
  const drill = turn.state.drills.get(body.subject);
  if (drill === undefined) return false;
  const ended: DrillRecord = { ...drill, endedAt: turn.now, version: drill.version + 1 };
  turn.state.drills.delete(drill.id);
  turn.effects.drills.set(drill.id, ended);
  onRecord(turn, actor, body, drill);
  endAll(turn, drill.id);
  tell(turn, 'drill-ended', drill);
  return true;
}

/** What is open of the drill closes with it, and nothing of it falls due any more. */
function endAll(turn: Turn, run: string): void {
  const { state, now } = turn;
  const isOfRun = (record: { run: string | null }) => record.run === run;
  const ended = new Set<string>();
  const closed = <T extends { id: string; version: number }>(record: T) => {
    ended.add(record.id);
    return { ...record, closedAt: now, version: record.version + 1 };
  };
  for (const ticket of [...state.tickets.values()].filter(isOfRun))
    saveTicket(turn, { ...closed(ticket), due: null });
  for (const alarm of [...state.alarms.values()].filter(isOfRun)) {
    const normal = { ...closed(alarm), ...quietFacts, state: stateOf(quietFacts), shelf: null };
    keepAlarm(turn, normal, alarm.state, { why: 'end-drill' });
  }
  for (const incident of [...state.incidents.values()].filter(isOfRun)) saveIncident(turn, closed(incident));
  for (const item of [...state.upkeep.values()].filter(isOfRun)) saveUpkeep(turn, closed(item));
  for (const { id } of [...state.broadcasts.values()].filter(isOfRun))
    endBroadcast(turn, id, '演练结束 / the drill is over');
  for (const item of [...state.due.values()])
    if (ended.has(item.subject) || (item.kind === 'on-delay' && item.detail.event.run === run))
      saveDue(turn, item.id, null);
  endFloods(turn, run);
}

function onRecord(
  turn: Turn,
  actor: Actor,
  body: Extract<Command, { act: 'start-drill' | 'end-drill' }>,
  drill: DrillRecord,
): void {
  recordAct(turn, {
    act: body.act,
    subject: drill.id,
    area: turn.registry.county.code,
    run: drill.id,
    reason: body.reason,
    detail: { title: drill.title, participants: drill.participants },
    actor,
    seat: body.seat,
  });
}
