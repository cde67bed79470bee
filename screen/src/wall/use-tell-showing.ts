import { useEffect } from 'react';
import type { OpenIncident } from '../state/open-incidents.ts';
import { tellShowing } from '../state/station.ts';
import type { Layout } from './layouts.ts';
import type { Sound } from './sound/use-sound.ts';

interface Shown {
  layout: Layout;
  sound: Sound;
  lead: OpenIncident | undefined;
}

/** Tells the desks what this wall shows, until it shows something else. */
export function useTellShowing({ layout: { name, mode }, sound, lead }: Shown): void {
  const incident = lead?.incident.id ?? null;
  useEffect(() => {
    const [width, height] = [Math.round(innerWidth), Math.round(innerHeight)];
    tellShowing({ layout: name, mode, incident, sound, width, height });
  }, [name, mode, incident, sound]);
  useEffect(() => () => tellShowing(null), []);
}
