import type { TicketRecord } from './records.ts';
import type { Role, UnitLevel } from './words.ts';
import type { WorkflowMove } from './workflow.ts';

/** For whom somebody acts: the level of the chain, and the unit where they belong to one. */
export interface Standing {
  level: UnitLevel;
  unit: string | null;
}

export interface Person {
  role: Role | 'resident';
  area: string;
  unit?: string | undefined;
}

/**
 * For which level of the chain a person acts: that of their unit; of a responder or grid worker whose unit is not known,
 * a team or a grid; of whoever sits in a room, that of its area. Pure.
 */
export function standingOf(person: Person, levelOf: (unit: string) => UnitLevel | undefined): Standing {
  const level = person.unit === undefined ? undefined : levelOf(person.unit);
  if (person.unit !== undefined && level !== undefined) return { level, unit: person.unit };
  if (person.role === 'responder') return { level: 'team', unit: null };
  if (person.role === 'grid-worker') return { level: 'grid', unit: null };
  return { level: levelOfArea(person.area), unit: null };
}

/** Codes are prefixes: `331081`, `331081100`, `331081100203`, `331081100203-02`. */
function levelOfArea(area: string): UnitLevel {
  if (area.includes('-')) return 'grid';
  if (area.length > 9) return 'village';
  return area.length > 6 ? 'township' : 'county';
}

/**
 * For whom somebody would make a move: people of the holder for themselves; levels that the move names, and always the
 * county, for the holder. Null: it is not for them. The writer decides by it, and a screen offers nothing else. Pure.
 */
export function moverFor(
  { by }: Pick<WorkflowMove, 'by'>,
  ticket: Pick<TicketRecord, 'holder' | 'holderLevel'>,
  { level, unit }: Standing,
): 'itself' | 'holder' | null {
  const holds = unit === null ? level === ticket.holderLevel : unit === ticket.holder;
  if (holds && (by.includes('holder') || by.includes(level))) return 'itself';
  if (level === 'county') return 'holder';
  return by.includes(level) && level !== ticket.holderLevel ? 'holder' : null;
}
