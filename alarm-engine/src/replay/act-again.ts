import type { Command, CommandAct } from '@fenghuo/contracts/commands.ts';
import type { AlarmRecord, IncidentRecord, TicketRecord } from '@fenghuo/contracts/records.ts';
import { deviceKey, type EngineState } from '../engine/engine-state.ts';
import type { TakenCommand } from './logged-batch.ts';

/** What becomes of a person's act in a history that may go another way; `left-out` is no act on the open world. */
export type ActAgain = { what: 'act'; command: TakenCommand } | { what: 'no-subject' } | { what: 'left-out' };

/** What the acts are about. Drills begin and end as they did; what administrators do is no act on the open world. */
const subjects: Record<CommandAct, 'alarm' | 'incident' | 'ticket' | 'drill' | null> = {
  'acknowledge-alarm': 'alarm',
  'reset-alarm': 'alarm',
  'acknowledge-incident': 'incident',
  'open-ticket': 'incident',
  'move-ticket': 'ticket',
  'start-drill': 'drill',
  'end-drill': 'drill',
  'put-rulebook': null,
  'issue-credential': null,
  'revoke-credential': null,
  'reprocess-quarantine': null,
  'issue-carrier-source': null,
  'revoke-carrier-source': null,
};

/**
 * The act as its author would do it now: on the record that stands for the same happening, at the version that it has
 * in this history. What the writer refused then is left out.
 */
export function actAgain(state: EngineState, command: TakenCommand): ActAgain {
  const { body, wasDone } = command;
  const kind = subjects[body.act];
  if (!wasDone || kind === null) return { what: 'left-out' };
  if (!isVersioned(body) || kind === 'drill') return { what: 'act', command };
  const found = subjectOf(state, kind, command);
  if (found === undefined) return { what: 'no-subject' };
  const again = { ...body, subject: found.id, expectedVersion: found.version };
  return { what: 'act', command: { ...command, body: again } };
}

type Versioned = Extract<Command, { expectedVersion: number }>;

function isVersioned(body: Command): body is Versioned {
  return 'expectedVersion' in body;
}

type Subject = AlarmRecord | IncidentRecord | TicketRecord | undefined;

/**
 * The record of the same id, which is what one input made in both histories; else the one that an alarm of the same
 * device and kind leads to, since a candidate may raise or dispatch sooner or later.
 */
function subjectOf(
  state: EngineState,
  kind: 'alarm' | 'incident' | 'ticket',
  command: TakenCommand,
): Subject {
  const { subject } = command.body;
  const records = { alarm: state.alarms, incident: state.incidents, ticket: state.tickets };
  const same = records[kind].get(subject);
  if (same !== undefined) return same;
  const alarm = standingFor(state, command);
  if (kind === 'alarm' || alarm === undefined) return alarm;
  const incident = state.incidents.get(alarm.incident);
  if (kind === 'incident' || incident?.ticket == null) return kind === 'incident' ? incident : undefined;
  return state.tickets.get(incident.ticket);
}

function standingFor(state: EngineState, { alarms }: TakenCommand): AlarmRecord | undefined {
  return alarms
    .flatMap(({ run, device, kind }) =>
      (state.alarmsByDevice.get(deviceKey(run, device)) ?? [])
        .map((id) => state.alarms.get(id))
        .filter((alarm) => alarm?.kind === kind),
    )
    .find((alarm) => alarm !== undefined);
}
