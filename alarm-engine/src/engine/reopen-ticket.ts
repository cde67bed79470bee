import type { Command, CommandAnswer } from '@fenghuo/contracts/commands.ts';
import type { IncidentRecord, TicketRecord } from '@fenghuo/contracts/records.ts';
import type { Words } from '@fenghuo/contracts/words.ts';
import { endsTicket, type Workflow, type WorkflowStep } from '@fenghuo/contracts/workflow.ts';
import { type ClosedCase, incidentOf, ticketOf } from './closed-case.ts';
import { checkVersion, done, lacksReason, onRecord, refuse, sayWhy } from './command-answer.ts';
import { cancelFollowUp } from './follow-up.ts';
import { holderAt } from './holder-at.ts';
import type { Actor } from './inputs.ts';
import { setDeadline } from './keep-deadline.ts';
import { keepSupervision } from './list-for-supervision.ts';
import { dueOf } from './open-ticket.ts';
import { tellHolder } from './tell-holder.ts';
import { recordAct, saveIncident, saveTicket, type Turn } from './turn.ts';

const dayMs = 24 * 3_600_000;

type Reopen = Extract<Command, { act: 'reopen-ticket' }>;

/**
 * Opens a closed ticket again, and its incident with it, as long as its workflow allows it: the same case code and the same
 * record, its deadlines counted from now. What comes later is a new case. Who was told that it was late the last time is told anew.
 */
export function reopenTicket(
  turn: Turn,
  actor: Actor,
  body: Reopen,
  closed: ClosedCase | null,
): CommandAnswer {
  const ticket = ticketOf(turn, closed, body.subject);
  const incident = ticket === undefined ? undefined : incidentOf(turn, closed, ticket.incident);
  if (ticket === undefined || incident === undefined) return refuse(body, 'unknown-subject', noSuchCase);
  const seen = { version: body.expectedVersion, lastBy: ticket.moves.at(-1)?.by ?? null };
  const refused = checkVersion(turn, body, actor, ticket, seen);
  if (refused !== null) return refused;
  const workflow = turn.state.workflowOf(ticket);
  const hindrance = hindranceTo(turn, workflow, ticket, incident);
  if (hindrance !== null) return refuse(body, 'not-allowed-now', hindrance);
  const to = stepBackIn(workflow, body.to);
  if (to === undefined) return refuse(body, 'not-allowed-now', noSuchStep, openSteps(workflow));
  if (lacksReason(body)) return refuse(body, 'reason-required', sayWhy);
  const opened = openAgain(turn, { actor, to, reason: body.reason }, ticket);
  openIncidentAgain(turn, incident, body.reason);
  onRecord(turn, actor, body, ticket, {
    before: ticket.step,
    after: opened.step,
    holder: opened.holder,
    closedAt: ticket.closedAt,
  });
  cancelFollowUp(turn, ticket.id);
  tellHolder(turn, 'reopened', opened);
  return done(turn, body, opened.version);
}

/** The step named, if it ends nothing; named none, the one that the workflow says. */
function stepBackIn({ steps, reopen }: Workflow, named: string | undefined): WorkflowStep | undefined {
  const wanted = named ?? reopen?.to;
  return steps.find((step) => step.id === wanted && !endsTicket(step));
}

const openSteps = ({ steps }: Workflow) => steps.filter((step) => !endsTicket(step)).map(({ id }) => id);

function hindranceTo(
  turn: Turn,
  { reopen }: Workflow,
  ticket: TicketRecord,
  incident: IncidentRecord,
): Words | null {
  if (ticket.closedAt === null) return stillOpen;
  if (incident.mergedInto !== null) return tookIn;
  if (reopen === null) return never;
  if (turn.now - ticket.closedAt > reopen.withinMs) return tooLate(Math.round(reopen.withinMs / dayMs));
  if (ticket.run !== null && turn.state.drills.get(ticket.run) === undefined) return drillOver;
  return null;
}

function openAgain(
  turn: Turn,
  { actor, to, reason }: { actor: Actor; to: WorkflowStep; reason: string },
  ticket: TicketRecord,
): TicketRecord {
  const holder = holderAt(turn, ticket, to, true);
  const { now } = turn;
  const move = {
    at: now,
    from: ticket.step,
    to: to.id,
    stage: to.stage,
    by: actor.account,
    holder: holder.id,
    reason,
  };
  const opened: TicketRecord = {
    ...ticket,
    step: to.id,
    stage: to.stage,
    stepSince: now,
    holder: holder.id,
    holderLevel: holder.level,
    holderName: holder.name,
    parties: ticket.parties.filter(({ unit }) => unit !== holder.id),
    due: dueOf(turn, { ...ticket, stage: to.stage }, now),
    overdue: false,
    escalations: [],
    reopened: ticket.reopened + 1,
    moves: [...ticket.moves, move],
    countedFrom: now,
    closedAt: null,
    version: ticket.version + 1,
  };
  saveTicket(turn, opened);
  setDeadline(turn, opened);
  keepSupervision(turn, opened);
  return opened;
}

function openIncidentAgain(turn: Turn, incident: IncidentRecord, reason: string): void {
  saveIncident(turn, { ...incident, closedAt: null, version: incident.version + 1 });
  recordAct(turn, {
    act: 'reopen-incident',
    subject: incident.id,
    area: incident.area,
    run: incident.run,
    reason,
    detail: { caseCode: incident.caseCode, closedAt: incident.closedAt },
  });
}

const noSuchCase: Words = { zh: '没有这件工单', en: 'There is no such ticket' };
const stillOpen: Words = { zh: '这件工单还没有关闭', en: 'The ticket is still open' };
const tookIn: Words = {
  zh: '这起警情已并入另一起，请到那一起中办理',
  en: 'The incident was merged into another one: act on that',
};
const tooLate = (days: number): Words => ({
  zh: `关闭已超过 ${days} 天，不能重新打开，请另立新案`,
  en: `It was closed more than ${days} days ago and cannot be opened again: open a new case`,
});
const never: Words = {
  zh: '本流程的工单关闭后不能重新打开，请另立新案',
  en: 'Tickets of this workflow are not opened again: open a new case',
};
const noSuchStep: Words = {
  zh: '不能从这个环节重新开始',
  en: 'It cannot be opened again at this step',
};
const drillOver: Words = { zh: '这场演练已经结束', en: 'The drill is over' };
