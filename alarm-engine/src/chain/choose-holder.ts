import type { UnitLevel } from '@fenghuo/contracts/words.ts';
import { metresBetween, type Place } from '../alarms/group-incidents.ts';
import { liesIn } from '../registry/lies-in.ts';
import type { RegisteredUnit } from '../registry/registry.ts';

/** A ticket's place, as far as the choice of who holds it needs it. */
export interface Where {
  area: string;
  place: Place | null;
}

/** The units of a level: of 3,018 units a county has 17 townships. */
type UnitsOf = (level: UnitLevel) => readonly RegisteredUnit[];

/**
 * Who is next: the unit of `level` that holds a ticket at `where`. Teams: the nearest that can fight a fire;
 * other levels: the one whose area covers the place, the most local first. Falls back up the chain when a
 * level is not staffed there, at last to the county. Pure. Throws when the chain has no county unit.
 */
export function chooseHolder(units: UnitsOf, level: UnitLevel, where: Where): RegisteredUnit {
  const found = level === 'team' ? nearestTeam(units, where) : covering(units, level, where.area);
  if (found !== null) return found;
  if (level === 'county') throw new RangeError('the command chain has no county unit');
  return chooseHolder(units, level === 'team' || level === 'station' ? 'township' : 'county', where);
}

function covering(units: UnitsOf, level: UnitLevel, area: string): RegisteredUnit | null {
  let best: RegisteredUnit | null = null;
  for (const unit of units(level)) {
    if (!liesIn(area, unit.area)) continue;
    if (best === null || unit.area.length > best.area.length) best = unit;
  }
  return best;
}

function nearestTeam(units: UnitsOf, { area, place }: Where): RegisteredUnit | null {
  if (place === null) return covering(units, 'team', area);
  let best: RegisteredUnit | null = null;
  let bestM = Number.POSITIVE_INFINITY;
  for (const unit of units('team')) {
    if (!unit.capabilities.includes('fire')) continue;
    const metres = metresBetween(place, unit);
    if (metres < bestM) [best, bestM] = [unit, metres];
  }
  return best;
}
