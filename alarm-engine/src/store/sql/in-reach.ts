/** Parts of statements that ask for what a reach holds: `$1` is the county; the places of its pattern and unit are named. */
interface Places {
  pattern: `$${number}`;
  unit: `$${number}`;
}

/** Ids of the incidents to which a unit is ordered. */
const orderedIncidents = (unit: string) => `(
  select ordered.incident from fenghuo.ticket ordered
  where ordered.county = $1 and ordered.closed_at is null and ordered.units ? ${unit}::text)`;

/** Of incidents under an alias. */
export const incidentInReach = (of: string, { pattern, unit }: Places) =>
  `(coalesce(${of}.area, '') like ${pattern} or ${of}.id in ${orderedIncidents(unit)})`;

/** Of alarms. */
export const alarmInReach = (of: string, { pattern, unit }: Places) =>
  `(coalesce(${of}.area, '') like ${pattern} or ${of}.incident in ${orderedIncidents(unit)})`;

/** Of tickets. */
export const ticketInReach = (of: string, { pattern, unit }: Places) =>
  `(coalesce(${of}.area, '') like ${pattern} or ${of}.closed_at is null and ${of}.units ? ${unit}::text)`;

/** Of reports of people, beside the alarm that each raised under another alias. */
export const reportInReach = (of: string, alarm: string, { pattern, unit }: Places) =>
  `(${of}.area like ${pattern} or ${alarm}.incident in ${orderedIncidents(unit)})`;

/** Of devices: also those of a building where a case is to which the unit is ordered, and those of its alarms. */
export const deviceInReach = (of: string, { pattern, unit }: Places) =>
  `(coalesce(${of}.area, '') like ${pattern} or ${of}.building in (
     select burning.building from fenghuo.incident burning where burning.id in ${orderedIncidents(unit)})
   or ${of}.id in (select lit.device from fenghuo.alarm lit where lit.incident in ${orderedIncidents(unit)}))`;

/** Of buildings: also where a case is to which the unit is ordered. */
export const buildingInReach = (of: string, { pattern, unit }: Places) =>
  `(${of}.area like ${pattern} or ${of}.id in (
     select burning.building from fenghuo.incident burning where burning.id in ${orderedIncidents(unit)}))`;
