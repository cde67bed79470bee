import type { OpenIncident } from '../state/open-incidents.ts';
import { spreadOf } from './spread.ts';

/** Whether an incident is shown from inside: a high one in a building of two or more floors that went off inside. */
export function hasInside(open: OpenIncident | undefined): boolean {
  if (open === undefined || open.incident.severity !== 'high' || open.incident.building === null)
    return false;
  return spreadOf(open.alarms, open.incident.building).length > 0;
}
