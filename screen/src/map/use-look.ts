import type { WallLook } from '@fenghuo/contracts/wall-orders.ts';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useNow } from '../ui/now.ts';
import type { MapIncident } from './alarm-marks.ts';
import { countyLook, nextLook } from './look.ts';

type Place = { lon: number; lat: number };

const none: readonly MapIncident[] = [];

interface LookWish {
  /** Where a desk told it to look. */
  ordered: WallLook | null;
  /** By itself it goes to the gravest. */
  follows: boolean;
}

/** Where the map looks: where a desk told it to; otherwise at the gravest high incident for a while, then (null) at the county. */
export function useLook(incidents: readonly MapIncident[], { ordered, follows }: LookWish): Place | null {
  const own = useOwnLook(follows ? incidents : none);
  return useMemo(() => (ordered === null ? own : placeOf(ordered, incidents)), [ordered, own, incidents]);
}

function placeOf(look: WallLook, incidents: readonly MapIncident[]): Place | null {
  switch (look.at) {
    case 'county':
      return null;
    case 'place':
      return { lon: look.lon, lat: look.lat };
    case 'incident': {
      const found = incidents.find(({ id }) => id === look.incident);
      return found === undefined ? null : { lon: found.lon, lat: found.lat };
    }
  }
}

function useOwnLook(incidents: readonly MapIncident[]): Place | null {
  const now = useNow();
  const look = useRef(countyLook);
  const [place, setPlace] = useState<Place | null>(null);
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
