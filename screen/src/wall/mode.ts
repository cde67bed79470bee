import type { WallMode } from '@fenghuo/contracts/wall-orders.ts';
import type { OpenIncident } from '../state/open-incidents.ts';

/** High incidents of the live world at which a wall goes to wartime by itself, and at which it comes back. */
export const wartime = { from: 5, until: 2 };

/** The mode by itself. Between the two numbers it stays as it is, so that the wall does not flap. */
export function nextMode(mode: WallMode, open: readonly OpenIncident[]): WallMode {
  const high = open.filter(({ incident }) => incident.severity === 'high' && incident.run === null).length;
  if (high >= wartime.from) return 'wartime';
  return high <= wartime.until ? 'everyday' : mode;
}
