import {
  type CameraScan,
  cameraScan,
  decodeCameraPlaces,
  decodeCameraStates,
} from '@fenghuo/contracts/cameras.ts';
import { useEffect, useState } from 'react';
import { request, send } from '../feed/request.ts';
import { scanSweep } from './map-video.ts';

/** How often it is asked what was looked at since, and how the whole goes, ms. */
const sweepEveryMs = 2_000;
const summaryEveryMs = 10_000;

/** What was known of it last: another composition of the wall begins with it, also while the server is away. */
let lastScan: CameraScan | null = null;

/** Follows the county scan while `on`; null until it is known, and where none runs. */
export function useScan(on: boolean): CameraScan | null {
  const [scan, setScan] = useState(lastScan);
  const running = scan?.running === true;
  useEffect(() => {
    if (!on) return;
    return repeat(summaryEveryMs, async () => {
      const answer = await request({ method: 'GET', path: '/cameras/scan', answer: cameraScan });
      if (!answer.ok) return;
      lastScan = answer.body;
      setScan(answer.body);
    });
  }, [on]);
  useEffect(() => (on && running ? followSweep() : undefined), [on, running]);
  return running ? scan : null;
}

function followSweep(): () => void {
  let since = 0;
  let placed = false;
  return repeat(sweepEveryMs, async () => {
    if (!placed) {
      const places = await bytesAt('/cameras/places');
      if (places === null) return;
      scanSweep.setPlaces(decodeCameraPlaces(places));
      placed = true;
    }
    const found = await bytesAt(`/cameras/scan/states?since=${since}`);
    if (found === null) return;
    const states = decodeCameraStates(found);
    since = states.now;
    scanSweep.take(states);
  });
}

async function bytesAt(path: string): Promise<ArrayBuffer | null> {
  const response = await send({ method: 'GET', path });
  return response?.ok ? response.arrayBuffer() : null;
}

/** Asks now and again, one question at a time, until the returned function is called. */
function repeat(everyMs: number, ask: () => Promise<void>): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;
  const turn = async () => {
    await ask();
    if (!stopped) timer = setTimeout(turn, everyMs);
  };
  void turn();
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}
