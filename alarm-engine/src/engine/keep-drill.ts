import type { Command } from '@fenghuo/contracts/commands.ts';
import type { DrillRecord } from '@fenghuo/contracts/records.ts';
import type { Actor } from './inputs.ts';
import { endFloods } from './keep-flood.ts';
import { recordAct, saveAlarm, saveDue, saveIncident, saveTicket, type Turn } from './turn.ts';

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
    startedAt: turn.now,
    startedBy: actor.account,
    endedAt: null,
    version: 1,
  };
  turn.state.drills.set(drill.id, drill);
  turn.effects.drills.set(drill.id, drill);
  onRecord(turn, actor, body, drill);
  return true;
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
  return true;
}

function endAll(turn: Turn, run: string): void {
  const { state, now } = turn;
  for (const ticket of state.tickets.values())
    if (ticket.run === run) {
      saveTicket(turn, { ...ticket, due: null, closedAt: now, version: ticket.version + 1 });
      saveDue(turn, `ticket-overdue:${ticket.id}`, null);
    }
  for (const alarm of state.alarms.values())
    if (alarm.run === run)
      saveAlarm(turn, {
        ...alarm,
        state: 'normal',
        condition: false,
        latched: false,
        acknowledged: true,
        closedAt: now,
        version: alarm.version + 1,
      });
  for (const incident of state.incidents.values())
    if (incident.run === run)
      saveIncident(turn, { ...incident, closedAt: now, version: incident.version + 1 });
  for (const [key, item] of state.upkeep.entries())
    if (item.run === run) {
      state.upkeep.delete(key);
      turn.effects.upkeep.set(item.id, { ...item, closedAt: now, version: item.version + 1 });
    }
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
    detail: { title: drill.title },
    actor,
    seat: body.seat,
  });
}
