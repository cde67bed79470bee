import {
  type AdministratorsAct,
  type Command,
  type CommandAnswer,
  isAdministrators,
  type PutRulebook,
} from '@fenghuo/contracts/commands.ts';
import type { Words } from '@fenghuo/contracts/words.ts';
import { actOnAlarm } from './act-on-alarm.ts';
import { beginHoldFor, endHoldFor } from './act-on-hold.ts';
import { actOnIncident } from './act-on-incident.ts';
import { actOnTicket } from './act-on-ticket.ts';
import { assignUpkeep, resolveUpkeep, returnUpkeep } from './act-on-upkeep.ts';
import { assignTicket, transferTicket } from './assign-ticket.ts';
import { readBroadcast, sendBroadcast } from './broadcast.ts';
import { chaseTicket } from './chase-ticket.ts';
import type { ClosedCase } from './closed-case.ts';
import { done, onRecord, refuse, unknown } from './command-answer.ts';
import { recordFollowUp } from './follow-up.ts';
import type { Actor, NumberedCommand } from './inputs.ts';
import { endDrill, startDrill } from './keep-drill.ts';
import { addEvidence } from './keep-evidence.ts';
import { actOnParty } from './keep-parties.ts';
import { superviseTicket } from './list-for-supervision.ts';
import { putRulebook } from './put-rulebook.ts';
import { putWorkflow } from './put-workflow.ts';
import { registerBuildings, registerDevices, registerPeople, registerUnits } from './register.ts';
import { reopenTicket } from './reopen-ticket.ts';
import { setDuty } from './set-duty.ts';
import { takeReport } from './take-report.ts';
import type { Turn } from './turn.ts';

/**
 * Decides on a person's act and answers it. Two acts on one version: the first wins, the second is told. An act that names no
 * seat is of that where its author's session sits: what a phone kept, and sends again from elsewhere, stays the same act.
 */
export function takeCommand(turn: Turn, { actor, body, closedCase }: NumberedCommand): void {
  const answer = decide(turn, actor, { ...body, seat: body.seat || (actor.seat ?? '') }, closedCase);
  turn.effects.answers.push({ answer, engineNo: turn.no, closedCase });
}

function decide(turn: Turn, actor: Actor, body: Command, closedCase: ClosedCase | null): CommandAnswer {
  if (isAdministrators(body)) return administer(turn, actor, body);
  switch (body.act) {
    case 'acknowledge-alarm':
    case 'reset-alarm':
    case 'shelve-alarm':
    case 'unshelve-alarm':
      return actOnAlarm(turn, actor, body);
    case 'remove-from-service':
    case 'start-building-test':
      return beginHoldFor(turn, actor, body);
    case 'return-to-service':
    case 'end-building-test':
      return endHoldFor(turn, actor, body);
    case 'acknowledge-incident':
    case 'open-ticket':
    case 'merge-incidents':
    case 'split-incident':
      return actOnIncident(turn, actor, body);
    case 'move-ticket':
      return actOnTicket(turn, actor, body);
    case 'assign-upkeep':
      return assignUpkeep(turn, actor, body);
    case 'resolve-upkeep':
      return resolveUpkeep(turn, actor, body);
    case 'return-upkeep':
      return returnUpkeep(turn, actor, body);
    case 'assign-ticket':
      return assignTicket(turn, actor, body);
    case 'transfer-ticket':
      return transferTicket(turn, actor, body);
    case 'chase-ticket':
      return chaseTicket(turn, actor, body);
    case 'send-broadcast':
      return sendBroadcast(turn, actor, body);
    case 'read-broadcast':
      return readBroadcast(turn, actor, body);
    case 'add-party':
    case 'move-party':
    case 'release-party':
      return actOnParty(turn, actor, body);
    case 'set-duty':
      return setDuty(turn, actor, body);
    case 'reopen-ticket':
      return reopenTicket(turn, actor, body, closedCase);
    case 'record-follow-up':
      return recordFollowUp(turn, actor, body, closedCase);
    case 'list-for-supervision':
    case 'end-supervision':
      return superviseTicket(turn, actor, body);
    case 'add-note':
    case 'add-evidence':
      return addEvidence(turn, actor, body, closedCase);
    case 'start-drill':
      return startDrill(turn, actor, body)
        ? done(turn, body, 1)
        : refuse(body, 'not-allowed-now', alreadyRuns);
    case 'end-drill':
      return endDrill(turn, actor, body) ? done(turn, body, 2) : refuse(body, 'unknown-subject', unknown);
    case 'take-report':
      return takeReport(turn, actor, body);
    case 'put-rulebook':
      return revise(turn, actor, body);
    case 'put-workflow':
      return putWorkflow(turn, actor, body);
    case 'register-devices':
      return registerDevices(turn, actor, body);
    case 'register-buildings':
      return registerBuildings(turn, actor, body);
    case 'register-units':
      return registerUnits(turn, actor, body);
    case 'register-people':
      return registerPeople(turn, actor, body);
  }
}

/** What an administrator does outside of the writer's world: the writer keeps the record, in its one chain. */
function administer(turn: Turn, actor: Actor, body: AdministratorsAct): CommandAnswer {
  const county = { area: turn.registry.county.code, run: null };
  onRecord(turn, actor, body, county, { what: body.detail });
  return done(turn, body, 1);
}

function revise(turn: Turn, actor: Actor, body: PutRulebook): CommandAnswer {
  const put = putRulebook(turn, actor, body);
  return put.ok ? done(turn, body, put.version) : refuse(body, put.reason, put.message);
}
const alreadyRuns: Words = { zh: '这场演练已经在进行或已经结束', en: 'This drill runs already, or is over' };
