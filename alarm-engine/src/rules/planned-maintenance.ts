import type { DeviceType } from '@fenghuo/contracts/words.ts';
import { isTested } from '../alarms/holds.ts';
import { liesIn } from '../registry/lies-in.ts';
import { activeUntil } from './active-hours.ts';
import type { MaintenanceWindow } from './rulebook.ts';

/** What an alarm is of, as far as planned times ask. */
export interface PlannedFor {
  rule: string;
  device: string;
  deviceType: DeviceType;
  building: string | null;
  area: string;
}

/** What planned times keep back now, and until when, ms. */
export interface Planned {
  purpose: MaintenanceWindow['purpose'];
  until: number;
}

/** The planned time that an alarm falls into, the one that ends last; null: none. Pure. */
export function plannedAt(
  windows: readonly MaintenanceWindow[],
  alarm: PlannedFor,
  { now, timeZone }: { now: number; timeZone: string },
): Planned | null {
  let found: Planned | null = null;
  for (const window of windows) {
    if (!covers(window, alarm)) continue;
    const until = endOf(window, now, timeZone);
    if (until !== null && (found === null || until > found.until)) found = { purpose: window.purpose, until };
  }
  return found;
}

/** A planned test keeps back what one begun by hand does. */
function covers({ purpose, rules, scope }: MaintenanceWindow, alarm: PlannedFor): boolean {
  const { rule, device, deviceType, building, area } = alarm;
  if (purpose === 'building-test' && !isTested(deviceType)) return false;
  if (rules !== null && !rules.includes(rule)) return false;
  return (
    scope.devices.includes(device) ||
    (building !== null && scope.buildings.includes(building)) ||
    scope.areas.some((within) => liesIn(area, within))
  );
}

function endOf({ when }: MaintenanceWindow, now: number, timeZone: string): number | null {
  if ('weekly' in when) return activeUntil(when.weekly, now, timeZone);
  return now >= when.from && now < when.to ? when.to : null;
}
