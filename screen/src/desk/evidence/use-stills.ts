import { nearCameras } from '@fenghuo/contracts/cameras.ts';
import type { IncidentRecord } from '@fenghuo/contracts/records.ts';
import { useEffect, useRef } from 'react';
import { request } from '../../feed/request.ts';
import { useMay } from '../../state/session.ts';
import type { World } from '../../state/world.ts';
import { serverNow } from '../../ui/now.ts';
import { stillId } from '../../video/still-id.ts';
import { keepStill, type SayStill } from './keep-still.ts';
import { useStillWords } from './use-still-words.ts';

/** A picture that is taken later than this shows what came after. Milliseconds. */
const freshMs = 45_000;
/** That wait their turn: in a flood the pictures of the first show what there was, and one decoder is enough to give away. */
const mostWaiting = 8;
/** A camera that is further off, or looks elsewhere, shows nothing of it. */
const nearM = 150;

/**
 * While a desk is open, each new incident of weight gets a picture of the best camera near it as it was when the alarm went
 * off, whether anybody has chosen it or not. One after the other; every desk tries, and the case keeps the first.
 */
export function useStills({ incidents }: World): void {
  const may = useMay()('add-evidence');
  const say = useStillWords();
  const taken = useRef(new Set<string>());
  const waiting = useRef<IncidentRecord[]>([]);
  const busy = useRef(false);
  useEffect(() => {
    if (!may) return;
    for (const incident of incidents.values()) {
      if (taken.current.has(incident.id) || !deservesOne(incident)) continue;
      taken.current.add(incident.id);
      if (waiting.current.length < mostWaiting) waiting.current.push(incident);
    }
    if (busy.current) return;
    busy.current = true;
    void workOff(waiting.current, say).finally(() => {
      busy.current = false;
    });
  }, [incidents, may, say]);
}

const deservesOne = ({ severity, lon, openedAt }: IncidentRecord) =>
  severity !== 'low' && lon !== null && serverNow() - openedAt < freshMs;

async function workOff(waiting: IncidentRecord[], say: SayStill): Promise<void> {
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const camera = deservesOne(next) ? await bestCamera(next) : null;
    if (camera === null) continue;
    const id = stillId(next.id, camera.id);
    await keepStill({ incident: next, camera, id, from: next.openedAt, say }).catch(() => null);
  }
}

async function bestCamera({ lon, lat }: IncidentRecord) {
  const path = `/cameras/near?lon=${lon}&lat=${lat}&limit=4`;
  const near = await request({ method: 'GET', path, answer: nearCameras });
  if (!near.ok) return null;
  for (const { id, code, live, metres, sees } of near.body.cameras)
    if (live !== null && sees && metres <= nearM) return { id, code, live };
  return null;
}
