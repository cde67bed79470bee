import type { Proposal, Proposals } from '@fenghuo/contracts/chain.ts';
import type { AlarmRecord, IncidentRecord, TicketRecord } from '@fenghuo/contracts/records.ts';
import type { Words } from '@fenghuo/contracts/words.ts';
import { bothLanguages } from '../audit/both-languages.ts';
import { above } from '../chain/next-up.ts';
import { wayToTeam } from '../tickets/way-to-team.ts';
import { proposalsFor } from './choose-team.ts';
import { moveTicket } from './move-ticket.ts';
import { tellUnit } from './tell-unit.ts';
import { recordAct, type Turn } from './turn.ts';

/**
 * After each input: where a rule says so, the first proposed team is ordered to a ticket that has just opened, or to one
 * that became confirmed while it still waits in the room and nobody has moved it, through whatever steps lie before the
 * team's. Where its workflow has no such way, its room is asked to order. Of a high one for which there is no team the room
 * above is told as it opens.
 */
export function orderTeams(turn: Turn): void {
  for (const id of new Set(turn.inMotion.splice(0))) {
    const incident = turn.state.incidents.get(id);
    const ticket = turn.state.tickets.get(incident?.ticket ?? '');
    if (incident?.severity !== 'high' || ticket === undefined || ticket.moves.length > 1) continue;
    const cause = ruleThatOrders(turn, incident);
    const isNew = ticket.openedAt === turn.now && ticket.version === 1;
    if (cause === null && !isNew) continue;
    const proposals = proposalsFor(turn, ticket);
    if (proposals.ranked.length === 0) {
      if (isNew) tellNoTeam(turn, ticket, proposals);
    } else if (cause !== null) order(turn, ticket, cause, proposals);
  }
}

/** The confirmed alarm whose rule orders by itself; null: people choose. */
function ruleThatOrders({ state, rulebook }: Turn, { alarms }: IncidentRecord): AlarmRecord | null {
  for (const id of alarms) {
    const alarm = state.alarms.get(id);
    if (alarm?.confirmed && rulebook.ruleOf(alarm.rule)?.dispatch === 'automatic') return alarm;
  }
  return null;
}

function order(turn: Turn, ticket: TicketRecord, cause: AlarmRecord, { ranked, ruledOut }: Proposals): void {
  const [first, ...others] = ranked;
  const holder = first && turn.registry.units.get(first.unit);
  if (holder === undefined) return;
  const { id: subject, area, run } = ticket;
  const reason = bothLanguages([byRule, ...first!.reasons]);
  const way = wayToTeam(turn.state.workflowOf(ticket), ticket, reason);
  if (way === null) {
    askRoom(turn, ticket, cause, first!);
    return;
  }
  recordAct(turn, {
    ...{ act: 'dispatch-by-rule', subject, area, run, reason },
    detail: {
      ...{
        rule: cause.rule,
        unit: holder.id,
        metres: first!.metres,
        instead: others.slice(0, 3).map(({ unit }) => unit),
      },
      passedOver: ruledOut.filter(({ why }) => why !== 'not-capable').map(({ unit, why }) => ({ unit, why })),
    },
  });
  const of = { reason, actor: undefined, seat: '' };
  let at = ticket;
  for (const to of way.slice(0, -1))
    at = moveTicket(turn, at, { to, holder: undefined, ...of, passing: true });
  moveTicket(turn, at, { to: way.at(-1)!, holder, ...of });
}

/** The workflow leads to no team without people: what is proposed goes on the record, and to the room, once for its alarm. */
function askRoom(turn: Turn, ticket: TicketRecord, cause: AlarmRecord, { unit, name }: Proposal): void {
  const { id: subject, area, run, holder } = ticket;
  const isAsked = turn.effects.audit.some((one) => one.act === 'propose-by-rule' && one.subject === subject);
  if (isAsked || !turn.effects.alarms.has(cause.id)) return;
  const note = {
    zh: `按规则应派${name.zh}，但流程须先由人办理前面的环节`,
    en: `by rule ${name.en} would be ordered, but the workflow needs people for the steps before`,
  };
  recordAct(turn, {
    ...{ act: 'propose-by-rule', subject, area, run, reason: bothLanguages([note]) },
    detail: { rule: cause.rule, unit, told: holder },
  });
  tellUnit(turn, ticket, { kind: 'proposal-needed', unit: holder, note });
}

const byRule: Words = { zh: '按规则自动派单', en: 'ordered by rule' };

/** The ticket stays in its room; the room above hears that there is nobody to send. */
function tellNoTeam(turn: Turn, ticket: TicketRecord, { ruledOut }: Proposals): void {
  const { units } = turn.registry;
  const room = units.get(ticket.holder);
  const unit = (room && above((id) => units.get(id), room)[0]?.id) ?? ticket.holder;
  const near = ruledOut.filter(({ why }) => why !== 'not-capable' && why !== 'too-far').slice(0, 3);
  const note = noTeamWords(near.map(({ name, because }) => ({ name, because })));
  const { id: subject, area, run } = ticket;
  recordAct(turn, {
    ...{ act: 'find-no-team', subject, area, run, reason: `${note.zh} / ${note.en}` },
    detail: { told: unit, ruledOut: near.map(({ unit: id, why }) => ({ unit: id, why })) },
  });
  tellUnit(turn, ticket, { kind: 'proposal-needed', unit, note });
}

function noTeamWords(near: { name: Words; because: Words }[]): Words {
  const list = (of: 'zh' | 'en', between: string) =>
    near.map(({ name, because }) => `${name[of]} ${because[of]}`).join(between);
  return near.length === 0
    ? { zh: '附近没有可派的队伍，请人工调派', en: 'no team is near that could be sent: choose one by hand' }
    : {
        zh: `附近没有可派的队伍（${list('zh', '；')}），请人工调派`,
        en: `no team could be sent (${list('en', '; ')}): choose one by hand`,
      };
}
