import { type CameraCard, cameraCard, type NearCameras, nearCameras } from '@fenghuo/contracts/cameras.ts';
import { useEffect, useState } from 'react';
import { LastOf } from '../feed/last-of.ts';
import { request } from '../feed/request.ts';
import type { OpenIncident } from '../state/open-incidents.ts';

export interface VideoPlace {
  lon: number;
  lat: number;
}

/** Where an incident is looked for; null: nobody knows where it is. */
export function placeOf({ incident: { lon, lat } }: OpenIncident): VideoPlace | null {
  return lon === null || lat === null ? null : { lon, lat };
}

/** After a failure, the next question, in ms. */
const retryMs = 3_000;

async function askUntilTold<T>(ask: () => Promise<T | null>, signal: AbortSignal): Promise<T | null> {
  while (!signal.aborted) {
    const told = await ask();
    if (told !== null) return told;
    await new Promise((resolve) => setTimeout(resolve, retryMs));
  }
  return null;
}

async function askNear({ lon, lat }: VideoPlace, limit: number): Promise<NearCameras['cameras'] | null> {
  const path = `/cameras/near?lon=${lon}&lat=${lat}&limit=${limit}`;
  const answer = await request({ method: 'GET', path, answer: nearCameras });
  if (answer.ok) return answer.body.cameras;
  return answer.reason === 'refused' ? [] : null;
}

async function askCamera(id: string): Promise<CameraCard[] | null> {
  const path = `/cameras/${encodeURIComponent(id)}`;
  const answer = await request({ method: 'GET', path, answer: cameraCard });
  if (answer.ok) return [answer.body];
  return answer.reason === 'refused' ? [] : null;
}

/** Those of the places that were looked at last: another composition of the wall shows them at once, also while the server is away. */
const lastNear = new LastOf<NearCameras['cameras']>(8);
const nameOf = (lon: number | undefined, lat: number | undefined, limit: number) => `${lon}/${lat}/${limit}`;

/** The cameras to look at a place with, the best first; null until they are known. Those of an earlier place stay until then. */
export function useNearCameras(place: VideoPlace | null, limit: number): NearCameras['cameras'] | null {
  const [lon, lat] = [place?.lon, place?.lat];
  const [near, setNear] = useState(() => lastNear.get(nameOf(lon, lat, limit)) ?? null);
  useEffect(() => {
    if (lon === undefined || lat === undefined) return setNear(null);
    const abort = new AbortController();
    void askUntilTold(() => askNear({ lon, lat }, limit), abort.signal).then((told) => {
      if (abort.signal.aborted) return;
      if (told !== null) lastNear.set(nameOf(lon, lat, limit), told);
      setNear(told);
    });
    return () => abort.abort();
  }, [lon, lat, limit]);
  return near;
}

/** Cameras by id, separated by commas; one that this viewer may not see is left out. */
export function usePinnedCameras(ids: string): CameraCard[] {
  const [cameras, setCameras] = useState<CameraCard[]>([]);
  useEffect(() => {
    const abort = new AbortController();
    const wanted = ids.split(',').filter((id) => id !== '');
    const asked = wanted.map((id) => askUntilTold(() => askCamera(id), abort.signal));
    void Promise.all(asked).then((found) => {
      if (!abort.signal.aborted) setCameras(found.flatMap((cards) => cards ?? []));
    });
    return () => abort.abort();
  }, [ids]);
  return cameras;
}
