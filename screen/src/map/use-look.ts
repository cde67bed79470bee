import { useEffect, useRef, useState } from 'react';
import { useNow } from '../ui/now.ts';
import type { MapIncident } from './alarm-marks.ts';
import { countyLook, nextLook } from './look.ts';

/** Where the map looks: at the gravest high incident for a while, otherwise (null) at the county. */
export function useLook(incidents: readonly MapIncident[]): { lon: number; lat: number } | null {
  const now = useNow();
  const look = useRef(countyLook);
  const [place, setPlace] = useState<{ lon: number; lat: number } | null>(null);
  const [gravest] = incidents;
  const high = gravest?.severity === 'high' ? gravest : undefined;
  useEffect(() => {
    const next = nextLook(look.current, high?.id ?? null, now);
    if (next === look.current) return;
    look.current = next;
    setPlace(next.incident === null || high === undefined ? null : { lon: high.lon, lat: high.lat });
  }, [high, now]);
  return place;
}
