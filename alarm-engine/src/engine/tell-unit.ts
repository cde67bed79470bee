import type { MessageKind, MessageTicket } from '@fenghuo/contracts/deliveries.ts';
import type { TicketRecord } from '@fenghuo/contracts/records.ts';
import type { Words } from '@fenghuo/contracts/words.ts';
import { type Told, whoIsThere } from '../chain/next-up.ts';
import { Roster } from '../chain/roster.ts';
import { whoTakesPart } from '../drills/who-takes-part.ts';
import type { RegisteredPerson, RegisteredUnit } from '../registry/registry.ts';
import { newId, recordAct, type Turn } from './turn.ts';

interface Telling {
  kind: MessageKind;
  unit: string;
  note?: Words;
  /** Whom of those who are there; absent: everyone. */
  whom?: (told: Told) => RegisteredPerson[];
}

/**
 * Tells the people of a unit who are on duty. Where nobody is, the next unit up that has somebody hears it in its place,
 * and the record says so. Of a drill its participants are told, and nobody else, whoever is on duty.
 */
export function tellUnit(turn: Turn, ticket: TicketRecord, telling: Telling): void {
  const { kind, unit: id, note = null, whom = ({ people }: Told) => people } = telling;
  const unit = turn.registry.units.get(id);
  const told = unit && whoHears(turn, ticket.run, unit);
  if (ticket.run === null && told?.unit.id !== id) recordNobody(turn, ticket, telling, told?.unit.id ?? null);
  if (unit === undefined || !told) return;
  turn.effects.messages.push({
    id: `${newId(turn, 'M')}-${kind}`,
    kind,
    unit: id,
    people: whom(told).map((person) => person.id),
    ...{ run: ticket.run, incident: ticket.incident },
    note: told.unit.id === id ? note : inPlaceOf(unit, ticket.run !== null, note),
    ticket: asTold(ticket),
  });
}

function whoHears(turn: Turn, run: string | null, unit: RegisteredUnit): Told | null {
  const unitOf = (id: string) => turn.registry.units.get(id);
  if (run === null) return whoIsThere(unitOf, rosterOf(turn), unit);
  const named = turn.state.drills.get(run)?.participants ?? [];
  const participants = named.flatMap((id) => turn.registry.people.get(id) ?? []);
  return whoTakesPart(unitOf, participants, unit);
}

/** Who is on duty as the inputs before have left it. */
export function rosterOf({ registry, state }: Turn): Roster {
  return new Roster(registry, state.duty);
}

function recordNobody(
  turn: Turn,
  ticket: TicketRecord,
  { kind, unit }: Telling,
  instead: string | null,
): void {
  const { id: subject, area, run } = ticket;
  const reason =
    instead === null ? '各级均无人在岗 / nobody is on duty up to the county' : '无人在岗 / nobody is on duty';
  recordAct(turn, {
    act: 'find-nobody-on-duty',
    subject,
    area,
    run,
    reason,
    detail: { kind, unit, instead },
  });
}

function inPlaceOf({ name }: RegisteredUnit, inDrill: boolean, note: Words | null): Words {
  const [zh, en] = inDrill
    ? [`${name.zh}无人参演，转告上级`, `nobody of ${name.en} takes part: you are told instead`]
    : [`${name.zh}无人在岗，转告上级`, `nobody of ${name.en} is on duty: you are told instead`];
  return note === null ? { zh, en } : { zh: `${note.zh}；${zh}`, en: `${note.en}; ${en}` };
}

/** Whoever reads out a message of a drill says that first. */
export function asTold(ticket: TicketRecord): MessageTicket {
  const { id, run, incident, caseCode, severity, place, area, stage, holder, holderLevel, due } = ticket;
  const { zh, en } = ticket.title;
  const title = run === null ? { zh, en } : { zh: `【演练】${zh}`, en: `DRILL: ${en}` };
  return {
    ...{ id, run, incident, caseCode, severity, title, place, area, stage, holder, holderLevel },
    due: due && { stage: due.stage, at: due.at },
  };
}
