import type { AdministratorsAct, Command, CommandAnswer, PutRulebook } from '@fenghuo/contracts/commands.ts';
import type { Words } from '@fenghuo/contracts/words.ts';
import { actOnAlarm } from './act-on-alarm.ts';
import { beginHoldFor, endHoldFor } from './act-on-hold.ts';
import { actOnIncident } from './act-on-incident.ts';
import { actOnTicket } from './act-on-ticket.ts';
import { assignUpkeep, resolveUpkeep, returnUpkeep } from './act-on-upkeep.ts';
import { done, onRecord, refuse, unknown } from './command-answer.ts';
import type { Actor, WaitingCommand } from './inputs.ts';
import { endDrill, startDrill } from './keep-drill.ts';
import { putRulebook } from './put-rulebook.ts';
import { putWorkflow } from './put-workflow.ts';
import { registerBuildings, registerDevices } from './register.ts';
import type { Turn } from './turn.ts';

/** Decides on a person's act and answers it. Two acts on one version: the first wins, the second is told. */
export function takeCommand(turn: Turn, { actor, body }: WaitingCommand): void {
  turn.effects.answers.push({ answer: decide(turn, actor, body), engineNo: turn.no });
}

function decide(turn: Turn, actor: Actor, body: Command): CommandAnswer {
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
    case 'start-drill':
      return startDrill(turn, actor, body)
        ? done(turn, body, 1)
        : refuse(body, 'not-allowed-now', alreadyRuns);
    case 'end-drill':
      return endDrill(turn, actor, body) ? done(turn, body, 2) : refuse(body, 'unknown-subject', unknown);
    case 'put-rulebook':
      return revise(turn, actor, body);
    case 'put-workflow':
      return putWorkflow(turn, actor, body);
    case 'register-devices':
      return registerDevices(turn, actor, body);
    case 'register-buildings':
      return registerBuildings(turn, actor, body);
    case 'reprocess-quarantine':
    case 'issue-credential':
    case 'revoke-credential':
    case 'issue-carrier-source':
    case 'revoke-carrier-source':
    case 'erase-personal':
    case 'issue-api-token':
    case 'revoke-api-token':
    case 'pair-wall':
    case 'unpair-wall':
    case 'create-account':
    case 'change-account':
    case 'disable-account':
    case 'enable-account':
    case 'reset-password':
    case 'sign-in':
    case 'refuse-sign-in':
    case 'sign-out':
      return administer(turn, actor, body);
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
