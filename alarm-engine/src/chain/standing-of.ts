import type { Role, UnitLevel } from '@fenghuo/contracts/words.ts';
import type { RegisteredUnit } from '../registry/registry.ts';
import type { Standing } from '../tickets/check-move.ts';

export interface Person {
  role: Role;
  area: string;
  unit?: string | undefined;
}

/**
 * For which level of the chain a person acts: that of their unit; of a responder or grid worker whose unit is not known,
 * a team or a grid; of whoever sits in a room, that of its area. Pure.
 */
export function standingOf(person: Person, units: ReadonlyMap<string, RegisteredUnit>): Standing {
  const unit = person.unit === undefined ? undefined : units.get(person.unit);
  if (unit !== undefined) return { level: unit.level, unit: unit.id };
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
