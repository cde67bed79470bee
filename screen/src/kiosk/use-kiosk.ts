import { useEffect } from 'react';
import { useStation } from '../state/station.ts';
import { heardVersion } from './heard-version.ts';

/** The pointer of a mouse that is not moved is hidden after this, ms. */
const pointerRestMs = 3_000;

/** A page that does not understand its server looks so often whether there is a newer one, ms. */
const lookAgainMs = 30_000;

/**
 * What a wall that nobody tends sees to by itself: no pointer on it, no sleep, and a page of the server's version. The
 * page itself goes on through everything else: a lost connection needs no reload.
 */
export function useKiosk(): void {
  useEffect(() => {
    const ends = [hidePointer(), stayAwake(), stayCurrent()];
    return () => {
      for (const end of ends) end();
    };
  }, []);
}

function hidePointer(): () => void {
  const { dataset } = document.documentElement;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const rest = () => {
    dataset.pointer = 'resting';
  };
  const moved = () => {
    delete dataset.pointer;
    clearTimeout(timer);
    timer = setTimeout(rest, pointerRestMs);
  };
  rest();
  addEventListener('pointermove', moved);
  return () => {
    removeEventListener('pointermove', moved);
    clearTimeout(timer);
    delete dataset.pointer;
  };
}

/** The lock ends when the page is hidden, and is asked for again. Browsers give it to secure pages only. */
function stayAwake(): () => void {
  let lock: WakeLockSentinel | null = null;
  const ask = () => {
    if (document.visibilityState !== 'visible' || !('wakeLock' in navigator)) return;
    navigator.wakeLock.request('screen').then(
      (given) => {
        lock = given;
      },
      () => {},
    );
  };
  ask();
  document.addEventListener('visibilitychange', ask);
  return () => {
    document.removeEventListener('visibilitychange', ask);
    void lock?.release();
  };
}

function stayCurrent(): () => void {
  let held: string | null = null;
  const forget = useStation.subscribe(({ pulse }, before) => {
    if (pulse === null || pulse === before.pulse) return;
    const next = heardVersion(held, pulse.screen);
    held = next.held;
    if (next.reload) void reloadIfThere();
  });
  const timer = setInterval(() => {
    if (useStation.getState().incompatible) void reloadIfThere();
  }, lookAgainMs);
  return () => {
    forget();
    clearInterval(timer);
  };
}

/** Only when the server gives the page out: a wall never trades what it shows for an error of the browser. */
async function reloadIfThere(): Promise<void> {
  const answer = await fetch(location.href, { cache: 'no-cache' }).catch(() => null);
  if (answer?.ok) location.reload();
}
