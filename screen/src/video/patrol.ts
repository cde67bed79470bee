import type { PlaceName } from '@fenghuo/contracts/push.ts';

/** How long a patrol looks at one place, in ms: time for the pictures to come and for a look at each. */
export const usualPaceMs = 20_000;

/** The places that a patrol of an area passes, village by village; of an area without villages its townships. */
export function patrolStops(places: readonly PlaceName[], area: string): PlaceName[] {
  const within = places.filter(({ code }) => code.startsWith(area));
  const villages = within.filter(({ level }) => level === 'village');
  const stops = villages.length > 0 ? villages : within;
  return stops.toSorted((a, b) => (a.code < b.code ? -1 : 1));
}

/** Where the patrol is now. By the clock alone, so that every wall of a county looks at the same place. */
export function stopNow(stops: readonly PlaceName[], now: number, paceMs: number): PlaceName | null {
  return stops[Math.floor(now / paceMs) % stops.length] ?? null;
}
