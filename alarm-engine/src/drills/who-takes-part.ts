import { above, type Told } from '../chain/next-up.ts';
import type { RegisteredPerson, RegisteredUnit } from '../registry/registry.ts';

/**
 * Who hears of a drill in the name of a unit: those who take part and belong to it, on duty or not; where none does, those
 * of the next unit above it. Null: nobody up to the county, and then nobody is told. Pure.
 */
export function whoTakesPart(
  unitOf: (id: string) => RegisteredUnit | undefined,
  participants: readonly RegisteredPerson[],
  unit: RegisteredUnit,
): Told | null {
  for (const next of [unit, ...above(unitOf, unit)]) {
    const people = participants.filter((person) => person.unit === next.id);
    if (people.length > 0) return { unit: next, people };
  }
  return null;
}
