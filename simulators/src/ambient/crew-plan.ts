import type { Command } from '@fenghuo/contracts/commands.ts';
import type { AlarmRecord, IncidentRecord, TicketRecord } from '@fenghuo/contracts/records.ts';
import { type TicketStage, ticketStages } from '@fenghuo/contracts/words.ts';
import {
  lackingEvidence,
  movesOf,
  stepOf,
  type Workflow,
  type WorkflowMove,
} from '@fenghuo/contracts/workflow.ts';
import { seededRandom } from '../estate/seeded-random.ts';
import type { Range } from './rates.ts';

/** An incident that ambient life caused, with what is open of it. */
export interface CrewCase {
  incident: IncidentRecord | null;
  ticket: TicketRecord | null;
  /** That of the ticket; null while the station has not told it. */
  workflow: Workflow | null;
  alarms: readonly AlarmRecord[];
  /** What it turns out to have been; null for what is to be taken in earnest. */
  found: string | null;
}

/** The accounts that the simulated people sign in with. */
export type CrewAccount = 'dispatcher' | 'crew';

type CrewAct = 'acknowledge-alarm' | 'acknowledge-incident' | 'open-ticket' | 'reset-alarm' | 'move-ticket';
type WithoutAuthor<T> = T extends unknown ? Omit<T, 'id' | 'seat'> : never;
export type CrewCommand = WithoutAuthor<Extract<Command, { act: CrewAct }>>;

export interface PlannedAct {
  /** Not before; milliseconds since 1970. */
  at: number;
  as: CrewAccount;
  command: CrewCommand;
}

/** After how many seconds a ticket is taken on from a stage. */
interface Leg {
  afterS: Range;
  /** The same for a ticket of high severity, which has the 1-3-5 rule to keep. */
  hurryS?: Range;
}

const legs: Partial<Record<TicketStage, Leg>> = {
  received: { afterS: [12, 40], hurryS: [10, 28] },
  dispatched: { afterS: [12, 45], hurryS: [8, 20] },
  accepted: { afterS: [12, 40], hurryS: [8, 20] },
  'en-route': { afterS: [90, 200], hurryS: [50, 90] },
  'on-scene': { afterS: [90, 240], hurryS: [50, 100] },
  'under-control': { afterS: [60, 150] },
  feedback: { afterS: [30, 90] },
  review: { afterS: [40, 120] },
  supervision: { afterS: [60, 180] },
};

/** Seconds until an alarm is acknowledged; a grave one is seen sooner. */
const acknowledgeS: Range = [12, 50];
const acknowledgeHighS: Range = [10, 22];
/** From the acknowledgement to the ticket: a look at the camera, a call to the key-holder. */
const openTicketS: Range = [8, 30];
const resetS: Range = [20, 60];
/** Share of high tickets that are late at acceptance or on the scene, so that a red ring is seen now and then. */
const lateShare = 0.25;
const lateS: Range = [15, 70];
/** Share of nuisances that a call to the key-holder settles before the team has left. */
const byTelephone = 0.55;
const telephoneS: Range = [15, 60];
const calledOffS: Range = [30, 90];

/**
 * What simulated people do next about a case, and when. Pure: delays are drawn from the ids of the records,
 * so the same case is answered in the same time however often it is asked. `since` is when the people came
 * on duty: nothing was due before, and what they find they take up within half a minute.
 */
export function planActs(crewCase: CrewCase, since: number): PlannedAct[] {
  const planned = [acknowledgements, openings, resets, moves].flatMap((plan) => plan(crewCase));
  return planned.map((act) => {
    const found = since + delay(act.command.subject, 'found', [3, 30]);
    return { ...act, at: Math.max(act.at, found) };
  });
}

function acknowledgements({ alarms, incident }: CrewCase): PlannedAct[] {
  const waiting = alarms.filter((alarm) => !alarm.acknowledged);
  const [first] = waiting;
  if (first === undefined) return [];
  const range = first.severity === 'high' ? acknowledgeHighS : acknowledgeS;
  const at = Math.min(...waiting.map((alarm) => alarm.raisedAt)) + delay(first.id, 'acknowledge', range);
  const act = waiting.length > 1 && incident !== null ? 'acknowledge-incident' : 'acknowledge-alarm';
  const subject = act === 'acknowledge-incident' ? incident! : first;
  return [
    {
      at,
      as: 'dispatcher',
      command: { act, subject: subject.id, expectedVersion: subject.version, reason: '' },
    },
  ];
}

/** What the telephone does not settle gets a ticket. A lone low alarm waits for upkeep. */
function openings({ incident, ticket, alarms, found }: CrewCase): PlannedAct[] {
  if (incident === null || ticket !== null || incident.severity === 'low') return [];
  const [first] = alarms;
  if (first === undefined || alarms.some((alarm) => !alarm.acknowledged)) return [];
  if (found !== null && draw(incident.id, 'telephone') < byTelephone) return [];
  const acknowledged = Math.max(...alarms.map((alarm) => alarm.acknowledgedAt ?? alarm.raisedAt));
  const { id: subject, version: expectedVersion } = incident;
  return [
    {
      at: acknowledged + delay(subject, 'open-ticket', openTicketS),
      as: 'dispatcher',
      command: { act: 'open-ticket', subject, expectedVersion, reason: '' },
    },
  ];
}

/** A latched alarm is reset once its detector is clear and the team has the fire under control. */
function resets({ alarms, ticket }: CrewCase): PlannedAct[] {
  if (ticket !== null && ticketStages.indexOf(ticket.stage) < ticketStages.indexOf('under-control'))
    return [];
  return alarms
    .filter((alarm) => alarm.latched && alarm.acknowledged && !alarm.condition)
    .map((alarm) => ({
      at: (alarm.returnedAt ?? alarm.lastEventAt) + delay(alarm.id, 'reset', resetS),
      as: 'dispatcher',
      command: { act: 'reset-alarm', subject: alarm.id, expectedVersion: alarm.version, reason: '' },
    }));
}

function moves(crewCase: CrewCase): PlannedAct[] {
  const { ticket, workflow, alarms } = crewCase;
  const leg = ticket === null ? undefined : legs[ticket.stage];
  if (ticket === null || workflow === null || leg === undefined) return [];
  if (ticket.stage === 'received' && alarms.some((alarm) => !alarm.acknowledged)) return [];
  const smoking = alarms.some((alarm) => alarm.condition);
  const calledOff = callOff(crewCase, ticket, workflow);
  if (calledOff !== null) return smoking ? [] : [calledOff];
  const move = onwards(workflow, ticket);
  if (move === null) return [];
  const stage = stageOf(workflow, move);
  if (stage === 'closed' && smoking) return [];
  const range = ticket.severity === 'high' ? (leg.hurryS ?? leg.afterS) : leg.afterS;
  const at = lateOnPurpose(ticket, stage) ?? ticket.stepSince + delay(ticket.id, move.to, range);
  return [{ at, as: handOf(workflow, ticket), command: moveCommand(ticket, move.to, wordsOf(move)) }];
}

/** The move that people make when nothing is odd: to its end where it may end, else on; null where it needs what they have not. */
function onwards(workflow: Workflow, ticket: TicketRecord): WorkflowMove | null {
  const forward = movesOf(workflow, ticket).filter(({ kind }) => kind === 'forward');
  const move = forward.find((one) => stageOf(workflow, one) === 'closed') ?? forward[0];
  if (move === undefined || lackingEvidence(move, ticket, wordsOf(move)).length > 0) return null;
  return move;
}

function stageOf({ steps }: Workflow, { to }: WorkflowMove): TicketStage | undefined {
  return steps.find(({ id }) => id === to)?.stage;
}

/** What is said where something must be said. */
function wordsOf({ reason, evidence }: WorkflowMove): string {
  return reason || evidence.some(({ kind }) => kind === 'note') ? '现场已处置，无复燃' : '';
}

/** The team moves what it holds, the desk the rest. */
function handOf(workflow: Workflow, ticket: TicketRecord): CrewAccount {
  const isTheirs = stepOf(workflow, ticket).heldBy === 'team' && ticket.holderLevel === 'team';
  return isTheirs ? 'crew' : 'dispatcher';
}

/** How a nuisance ends, once the air is clear: by telephone before the team leaves, or by the team on the spot. */
function callOff({ alarms, found }: CrewCase, ticket: TicketRecord, workflow: Workflow): PlannedAct | null {
  const telephoned = draw(ticket.id, 'telephone') < byTelephone;
  const move = movesOf(workflow, ticket).find(({ kind }) => kind === 'false-alarm');
  if (found === null || move === undefined || ticket.stage !== (telephoned ? 'accepted' : 'on-scene'))
    return null;
  const range = telephoned ? telephoneS : calledOffS;
  const cleared = Math.max(0, ...alarms.map((alarm) => alarm.returnedAt ?? 0)) + 5_000;
  const reason = `${telephoned ? '电话核实' : '现场核实'}：${found}`;
  return {
    at: Math.max(cleared, ticket.stepSince + delay(ticket.id, 'false-alarm', range)),
    as: telephoned ? 'dispatcher' : handOf(workflow, ticket),
    command: moveCommand(ticket, move.to, reason),
  };
}

/** When a ticket that is to be late reaches the stage that is due; null when it is not to be late. */
function lateOnPurpose({ id, severity, due }: TicketRecord, to: TicketStage | undefined): number | null {
  if (severity !== 'high' || due === null || due.stage !== to) return null;
  if (to !== 'accepted' && to !== 'on-scene') return null;
  return draw(id, `late ${to}`) < lateShare ? due.at + delay(id, `late by ${to}`, lateS) : null;
}

function moveCommand(ticket: TicketRecord, to: string, reason: string): CrewCommand {
  return { act: 'move-ticket', subject: ticket.id, expectedVersion: ticket.version, to, reason };
}

function draw(id: string, what: string): number {
  return seededRandom(`${id}/${what}`).next();
}

/** Milliseconds. */
function delay(id: string, what: string, range: Range): number {
  return Math.round(seededRandom(`${id}/${what}`).between(...range) * 1000);
}
