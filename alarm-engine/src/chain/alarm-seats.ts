import type { Severity, UnitLevel } from '@fenghuo/contracts/words.ts';
import type { RegisteredUnit } from '../registry/registry.ts';

interface Heard {
  area: string;
  severity: Severity;
}

/**
 * The rooms that hear an alarm: that of its township; and the county's, when it is not low or when it lies in no
 * township. `hearsRows` of `store/sql/seat-hears.ts` says the same in SQL.
 */
export function seatsHearing(
  unitsOf: (level: UnitLevel) => readonly RegisteredUnit[],
  { area, severity }: Heard,
): RegisteredUnit[] {
  const townships = unitsOf('township').filter((unit) => area.startsWith(unit.area));
  return severity === 'low' && townships.length > 0 ? townships : [...townships, ...unitsOf('county')];
}
