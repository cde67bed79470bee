import type { RosterPerson } from '@fenghuo/contracts/chain.ts';
import type { DrillScenario } from '@fenghuo/contracts/drills.ts';

/** An area lies in another when its code begins with that one's, see `contracts`. */
const liesIn = (area: string, within: string) => area === within || area.startsWith(within);

/** Who is on duty along the chain of the places that a scenario touches: from the county down to the grid. */
export function onDutyAlong(
  people: readonly RosterPerson[],
  { places }: Pick<DrillScenario, 'places'>,
): string[] {
  return people
    .filter(({ onDuty, area }) => onDuty && places.some((place) => liesIn(place.area, area)))
    .map(({ id }) => id);
}

/** People by words of their name, title or unit, those on duty first. */
export function peopleLike(
  people: readonly RosterPerson[],
  typed: string,
  unitName: (id: string) => string,
): RosterPerson[] {
  const wanted = typed.trim().toLowerCase();
  return people
    .filter(({ name, title, unit }) => `${name} ${title} ${unitName(unit)}`.toLowerCase().includes(wanted))
    .sort((a, b) => Number(b.onDuty) - Number(a.onDuty));
}
