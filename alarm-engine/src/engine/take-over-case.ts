import type { TicketParty, TicketRecord } from '@fenghuo/contracts/records.ts';
import { type PartyState, partyStates } from '@fenghuo/contracts/words.ts';
import { isAtIt } from '../chain/team-work.ts';
import { keepSupervision } from './list-for-supervision.ts';
import { tellUnit } from './tell-unit.ts';
import { recordAct, saveTicket, type Turn } from './turn.ts';

/**
 * A case went into another: what it holds as evidence counts there, too; the team that held it, and whoever was called to
 * it, are at that one from now on, and told so; what it was listed for stands there. A merge sends nobody home from a fire.
 */
export function takeOverCase(turn: Turn, from: TicketRecord, into: TicketRecord): void {
  takeOverParties(turn, from, takeOverEvidence(turn, from.evidence, into));
}

/** No new version: as with any evidence, nobody is told to look again because of it. */
function takeOverEvidence(turn: Turn, evidence: TicketRecord['evidence'], into: TicketRecord): TicketRecord {
  if (evidence.length === 0) return into;
  const all = [...into.evidence, ...evidence].sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
  const taken = { ...into, evidence: all };
  saveTicket(turn, taken);
  return taken;
}

function takeOverParties(turn: Turn, from: TicketRecord, into: TicketRecord): void {
  const atIt = new Set([into.holder, ...into.parties.filter(isAtIt).map(({ unit }) => unit)]);
  const coming = [...holding(turn, from), ...from.parties.filter(isAtIt)].filter(
    ({ unit }) => !atIt.has(unit),
  );
  const listed = into.listed ?? from.listed;
  if (coming.length === 0 && listed === into.listed) return;
  const units = new Set(coming.map(({ unit }) => unit));
  const stay = into.parties.filter(({ unit }) => !units.has(unit));
  const grown = { ...into, listed, parties: [...stay, ...coming], version: into.version + 1 };
  saveTicket(turn, grown);
  keepSupervision(turn, grown);
  const { id: subject, area, run } = into;
  const reason = `由 ${from.caseCode} 并入 / merged from ${from.caseCode}`;
  const detail = { from: from.id, units: [...units], listed: listed !== into.listed };
  recordAct(turn, { act: 'take-over-parties', subject, area, run, reason, detail });
  const note = { zh: `${from.caseCode} 已并入本案`, en: `${from.caseCode} was merged into this case` };
  for (const unit of units) tellUnit(turn, grown, { kind: 'called', unit, note });
}

/** The case as it ends in another: nobody of it is told that they are needed no longer. */
export function withoutParties(turn: Turn, ticket: TicketRecord): TicketRecord {
  const letGo = { state: 'released' as const, since: turn.now, by: 'engine' };
  return {
    ...ticket,
    parties: ticket.parties.map((party) => (isAtIt(party) ? { ...party, ...letGo } : party)),
  };
}

/** The holder as a party, as far as it has come; a room is at no scene. */
function holding({ now }: Turn, { holder, holderLevel, holderName, stage }: TicketRecord): TicketParty[] {
  if (holderLevel !== 'team') return [];
  const state = partyStates.find((one): one is PartyState => one === stage) ?? later(stage);
  return [
    { unit: holder, level: holderLevel, name: holderName, role: 'support', state, since: now, by: 'engine' },
  ];
}

const later = (stage: TicketRecord['stage']): PartyState =>
  stage === 'under-control' || stage === 'feedback' ? 'on-scene' : 'called';
