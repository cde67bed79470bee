import type { Command, CommandAnswer } from '@fenghuo/contracts/commands.ts';
import { moverFor, standingOf } from '@fenghuo/contracts/movers.ts';
import type { TicketRecord } from '@fenghuo/contracts/records.ts';
import type { Words } from '@fenghuo/contracts/words.ts';
import { movesOf, nextForTeam, stepOf, type WorkflowMove } from '@fenghuo/contracts/workflow.ts';
import type { RegisteredUnit } from '../registry/registry.ts';
import { checkMove } from '../tickets/check-move.ts';
import { notYours, refuseMove } from './act-on-ticket.ts';
import { proposalsFor } from './choose-team.ts';
import { done, lacksReason, mayActFor, noSuchUnit, onRecord, refuse, sayWhy } from './command-answer.ts';
import { mayHold, othersRoom } from './holder-at.ts';
import type { Actor } from './inputs.ts';
import { moveTicket } from './move-ticket.ts';
import { openTicketOf } from './open-ticket-of.ts';
import { tellUnit } from './tell-unit.ts';
import { saveTicket, type Turn } from './turn.ts';

type Assign = Extract<Command, { act: 'assign-ticket' }>;
type Transfer = Extract<Command, { act: 'transfer-ticket' }>;

/** Orders the named team to a ticket that waits for one, or the first that is proposed. */
export function assignTicket(turn: Turn, actor: Actor, body: Assign): CommandAnswer {
  const found = openTicketOf(turn, actor, body);
  if (!found.ok) return found.answer;
  const { ticket } = found;
  const workflow = turn.state.workflowOf(ticket);
  const to = nextForTeam(workflow, ticket);
  if (to === undefined)
    return stepOf(workflow, ticket).heldBy === 'team'
      ? refuse(body, 'not-allowed-now', alreadyOrdered, ['transfer-ticket'])
      : refuse(
          body,
          'not-allowed-now',
          noTeamHere,
          movesOf(workflow, ticket).map(({ to }) => to),
        );
  const { units } = turn.registry;
  const mover = standingOf(actor, (id) => units.get(id)?.level);
  const check = checkMove(workflow, ticket, { to: to.id, reason: body.reason, mover });
  if (!check.ok) return refuseMove(body, workflow, ticket, check);
  const { ranked } = proposalsFor(turn, ticket);
  const chosen = ranked.find(({ unit }) => body.unit === undefined || unit === body.unit);
  const holder = units.get(body.unit ?? chosen?.unit ?? '');
  if (holder === undefined)
    return body.unit === undefined
      ? refuse(body, 'not-allowed-now', nobodyFree)
      : refuse(body, 'unknown-subject', noSuchUnit);
  if (holder.level !== to.heldBy) return refuse(body, 'not-allowed-now', noTeam);
  onRecord(turn, actor, body, ticket, {
    unit: holder.id,
    reasons: chosen?.reasons ?? [],
    proposed: ranked.slice(0, 3).map(({ unit }) => unit),
  });
  const { reason, seat } = body;
  const actsFor = check.actsFor === 'holder' ? { actsFor: ticket.holder } : {};
  return done(turn, body, moveTicket(turn, ticket, { to, holder, reason, actor, seat, ...actsFor }).version);
}

/** Who hands a case on: those who hold it, the room above them, and the county. */
const handingOn = { by: ['holder', 'township'] as const satisfies WorkflowMove['by'] };

/** Hands a case on 转派 to a unit of the level that holds it now, or should. Its deadlines go on; both units are told. */
export function transferTicket(turn: Turn, actor: Actor, body: Transfer): CommandAnswer {
  const found = openTicketOf(turn, actor, body);
  if (!found.ok) return found.answer;
  const { ticket } = found;
  const to = turn.registry.units.get(body.unit);
  if (to === undefined) return refuse(body, 'unknown-subject', noSuchUnit);
  const mover = standingOf(actor, (id) => turn.registry.units.get(id)?.level);
  if (moverFor(handingOn, ticket, mover) === null || !mayActFor(turn, actor, ticket, ticket.holder))
    return refuse(body, 'not-authorised', notYours(ticket, handingOn.by));
  if (to.id === ticket.holder) return refuse(body, 'not-allowed-now', holdsIt);
  if (to.level !== ticket.holderLevel && to.level !== stepOf(turn.state.workflowOf(ticket), ticket).heldBy)
    return refuse(body, 'not-allowed-now', otherLevel);
  if (!mayHold(to, ticket)) return refuse(body, 'not-allowed-now', othersRoom);
  if (lacksReason(body)) return refuse(body, 'reason-required', sayWhy);
  const moved = handOn(turn, ticket, to, { by: actor.account, reason: body.reason });
  onRecord(turn, actor, body, ticket, { before: ticket.holder, after: to.id });
  tellBoth(turn, ticket, moved, body.reason);
  return done(turn, body, moved.version);
}

/** What it had been called for beside the old holder, it now holds. */
function handOn(
  turn: Turn,
  ticket: TicketRecord,
  to: RegisteredUnit,
  { by, reason }: { by: string; reason: string },
): TicketRecord {
  const { step, stage, parties, moves, version } = ticket;
  const moved: TicketRecord = {
    ...ticket,
    ...{ holder: to.id, holderLevel: to.level, holderName: to.name },
    parties: parties.filter(({ unit }) => unit !== to.id),
    moves: [...moves, { at: turn.now, from: step, to: step, stage, by, holder: to.id, reason }],
    version: version + 1,
  };
  saveTicket(turn, moved);
  return moved;
}

function tellBoth(turn: Turn, before: TicketRecord, after: TicketRecord, reason: string): void {
  const [from, to] = [before.holderName, after.holderName];
  const note = (zh: string, en: string): Words => ({ zh: `${zh}：${reason}`, en: `${en}: ${reason}` });
  const given = note(`已转给${to.zh}`, `handed on to ${to.en}`);
  const taken = note(`由${from.zh}转来`, `handed on by ${from.en}`);
  tellUnit(turn, after, { kind: 'transferred', unit: before.holder, note: given });
  tellUnit(turn, after, { kind: 'transferred', unit: after.holder, note: taken });
}

const alreadyOrdered: Words = {
  zh: '已派出队伍；要换队伍请转派',
  en: 'A team is ordered already; to send another, transfer it',
};
const noTeamHere: Words = {
  zh: '当前环节还不能派队，请先按流程流转',
  en: 'No team can be ordered from the present step: move it on first',
};
const nobodyFree: Words = {
  zh: '附近没有可派的队伍，请指定一支',
  en: 'No team is near, able and free: name one',
};
const noTeam: Words = { zh: '只能派给处置队伍', en: 'Only a team can be ordered' };
const holdsIt: Words = { zh: '该单位已是承办单位', en: 'This unit holds it already' };
const otherLevel: Words = {
  zh: '只能转派给同级单位；其他单位请呼叫协同',
  en: 'It can be handed on at its own level; call other units to it instead',
};
