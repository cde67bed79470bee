import { type Command, type DecidedAct, isAdministrators } from '@fenghuo/contracts/commands.ts';
import type { AlarmRecord } from '@fenghuo/contracts/records.ts';
import { deviceKey, type EngineState } from '../engine/engine-state.ts';
import type { TakenCommand } from './logged-batch.ts';

/** What becomes of a person's act in a history that may go another way; `left-out` is no act on the open world. */
export type ActAgain = { what: 'act'; command: TakenCommand } | { what: 'no-subject' } | { what: 'left-out' };

type SubjectKind = 'alarm' | 'incident' | 'ticket' | 'hold';

/**
 * What the acts are about. Drills, holds and duties begin `as-it-was`; what administrators do is no act on the open world,
 * upkeep is of no weight in a trial of rules, and what is done with closed cases, or kept in them, is none on what rules
 * raise.
 */
const subjects: Record<DecidedAct, SubjectKind | 'as-it-was' | null> = {
  'acknowledge-alarm': 'alarm',
  'reset-alarm': 'alarm',
  'shelve-alarm': 'alarm',
  'unshelve-alarm': 'alarm',
  'remove-from-service': 'as-it-was',
  'return-to-service': 'hold',
  'start-building-test': 'as-it-was',
  'end-building-test': 'hold',
  'acknowledge-incident': 'incident',
  'open-ticket': 'incident',
  'merge-incidents': 'incident',
  'split-incident': 'incident',
  'move-ticket': 'ticket',
  'assign-upkeep': null,
  'resolve-upkeep': null,
  'return-upkeep': null,
  'assign-ticket': 'ticket',
  'transfer-ticket': 'ticket',
  'chase-ticket': 'ticket',
  'send-broadcast': null,
  'read-broadcast': null,
  'add-party': 'ticket',
  'move-party': 'ticket',
  'release-party': 'ticket',
  'set-duty': 'as-it-was',
  'list-for-supervision': 'ticket',
  'end-supervision': 'ticket',
  'reopen-ticket': null,
  'record-follow-up': null,
  'add-note': null,
  'add-evidence': null,
  'start-drill': 'as-it-was',
  'end-drill': 'as-it-was',
  'take-report': 'as-it-was',
  'put-rulebook': null,
  'put-workflow': null,
  'register-devices': null,
  'register-buildings': null,
  'register-units': null,
  'register-people': null,
};

/**
 * The act as its author would do it now: on the record that stands for the same happening, at the version that it has
 * in this history. What the writer refused then is left out.
 */
export function actAgain(state: EngineState, command: TakenCommand): ActAgain {
  const { body, wasDone } = command;
  const kind = isAdministrators(body) ? null : subjects[body.act];
  if (!wasDone || kind === null) return { what: 'left-out' };
  if (!isVersioned(body) || kind === 'as-it-was') return { what: 'act', command };
  const found = subjectOf(state, kind, command);
  if (found === undefined) return { what: 'no-subject' };
  const again = withOther(state, { ...body, subject: found.id, expectedVersion: found.version });
  return { what: 'act', command: { ...command, body: again } };
}

type Versioned = Extract<Command, { expectedVersion: number }>;

function isVersioned(body: Command): body is Versioned {
  return 'expectedVersion' in body;
}

/** Of a merge, the incident that takes the alarms in is at the version of this history, too. */
function withOther(state: EngineState, body: Versioned): Versioned {
  if (body.act !== 'merge-incidents') return body;
  return { ...body, intoVersion: state.incidents.get(body.into)?.version ?? body.intoVersion };
}

interface Subject {
  id: string;
  version: number;
}

/**
 * The record of the same id, which is what one input made in both histories; else the one that an alarm of the same
 * device and kind leads to, since a candidate may raise or dispatch sooner or later.
 */
function subjectOf(state: EngineState, kind: SubjectKind, command: TakenCommand): Subject | undefined {
  const { alarms, incidents, tickets, holds } = state;
  const records = { alarm: alarms, incident: incidents, ticket: tickets, hold: holds };
  const same = records[kind].get(command.body.subject);
  if (same !== undefined || kind === 'hold') return same;
  const alarm = standingFor(state, command);
  if (kind === 'alarm' || alarm === undefined) return alarm;
  const incident = alarm.incident === null ? undefined : incidents.get(alarm.incident);
  if (kind === 'incident' || incident === undefined) return incident;
  return incident.ticket === null ? undefined : tickets.get(incident.ticket);
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
