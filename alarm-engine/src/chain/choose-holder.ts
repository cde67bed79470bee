import type { UnitLevel } from '@fenghuo/contracts/words.ts';
import { liesIn } from '../registry/lies-in.ts';
import type { RegisteredUnit } from '../registry/registry.ts';

/** The units of a level: of 3,018 units a county has 17 townships. */
type UnitsOf = (level: UnitLevel) => readonly RegisteredUnit[];

/**
 * The unit of `level` whose area covers a place, the most local first. Falls back up the chain when a level has none
 * there, at last to the county; a ticket for which there is no team stays in its township's room. Which team goes is
 * `propose-teams.ts`'s to say. Pure. Throws when the chain has no county unit.
 */
export function chooseHolder(units: UnitsOf, level: UnitLevel, area: string): RegisteredUnit {
  const found = level === 'team' ? null : covering(units, level, area);
  if (found !== null) return found;
  if (level === 'county') throw new RangeError('the command chain has no county unit');
  return chooseHolder(units, level === 'team' || level === 'station' ? 'township' : 'county', area);
}

function covering(units: UnitsOf, level: UnitLevel, area: string): RegisteredUnit | null {
  let best: RegisteredUnit | null = null;
  for (const unit of units(level)) {
    if (!liesIn(area, unit.area)) continue;
    if (best === null || unit.area.length > best.area.length) best = unit;
  }
  return best;
}
