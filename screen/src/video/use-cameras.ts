import { type CameraCard, cameraCard, type NearCameras, nearCameras } from '@fenghuo/contracts/cameras.ts';
import { useEffect, useState } from 'react';
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
  return answer.ok ? answer.body.cameras : answer.reason === 'away' ? null : [];
}

async function askCamera(id: string): Promise<CameraCard[]> {
  const path = `/cameras/${encodeURIComponent(id)}`;
  const answer = await request({ method: 'GET', path, answer: cameraCard });
  return answer.ok ? [answer.body] : [];
}

/** The cameras to look at a place with, the best first; null until they are known. Those of an earlier place stay until then. */
export function useNearCameras(place: VideoPlace | null, limit: number): NearCameras['cameras'] | null {
  const [near, setNear] = useState<NearCameras['cameras'] | null>(null);
  const [lon, lat] = [place?.lon, place?.lat];
  useEffect(() => {
    if (lon === undefined || lat === undefined) return setNear(null);
    const abort = new AbortController();
    void askUntilTold(() => askNear({ lon, lat }, limit), abort.signal).then((told) => {
      if (!abort.signal.aborted) setNear(told);
    });
    return () => abort.abort();
  }, [lon, lat, limit]);
  return near;
}

/** Cameras by id, separated by commas; one that this viewer may not see is left out. */
export function usePinnedCameras(ids: string): CameraCard[] {
  const [cameras, setCameras] = useState<CameraCard[]>([]);
  useEffect(() => {
    let current = true;
    const wanted = ids.split(',').filter((id) => id !== '');
    void Promise.all(wanted.map(askCamera)).then((found) => {
      if (current) setCameras(found.flat());
    });
    return () => {
      current = false;
    };
  }, [ids]);
  return cameras;
}
