import type { TicketRecord } from '@fenghuo/contracts/records.ts';
import type { Words } from '@fenghuo/contracts/words.ts';
import type { WorkflowStep } from '@fenghuo/contracts/workflow.ts';
import { chooseHolder } from '../chain/choose-holder.ts';
import { liesIn } from '../registry/lies-in.ts';
import type { RegisteredUnit } from '../registry/registry.ts';
import { firstTeam } from './choose-team.ts';
import { rosterOf } from './tell-unit.ts';
import type { Turn } from './turn.ts';

/**
 * Who holds a ticket at a step: who has it, where they are of its level; of one that goes `back`, whoever had it there last;
 * else the chain's own choice, of teams the first that is proposed.
 */
export function holderAt(
  turn: Turn,
  ticket: TicketRecord,
  { heldBy }: WorkflowStep,
  isBack: boolean,
): RegisteredUnit {
  const { units, unitsOf } = turn.registry;
  const now = units.get(ticket.holder);
  if (now?.level === heldBy) return now;
  const last = isBack ? lastHolder(turn, ticket, heldBy) : null;
  const team = heldBy === 'team' ? () => firstTeam(turn, ticket) : () => null;
  return last ?? team() ?? chooseHolder(unitsOf, heldBy, ticket.area);
}

/** A team goes anywhere; a room answers for its own area, and whoever sits there may be of no unit and see nothing else. */
export function mayHold({ level, area }: RegisteredUnit, ticket: TicketRecord): boolean {
  return level === 'team' || liesIn(ticket.area, area);
}

export const othersRoom: Words = {
  zh: '此案不在该单位辖区内，请转市指挥室或呼叫协同',
  en: 'The case lies outside of the area of this unit: leave it to the county, or call the unit to it',
};

/** Null: no unit of the level had it, or, of a team, nobody is there any more. */
function lastHolder(
  turn: Turn,
  { moves }: TicketRecord,
  level: WorkflowStep['heldBy'],
): RegisteredUnit | null {
  const { units } = turn.registry;
  const move = moves.findLast(({ holder }) => units.get(holder)?.level === level);
  const unit = move === undefined ? undefined : units.get(move.holder);
  if (unit === undefined || (level === 'team' && rosterOf(turn).count(unit.id) === 0)) return null;
  return unit;
}
