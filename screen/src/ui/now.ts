import { useSyncExternalStore } from 'react';
import { dataAgeMs } from '../feed/freshness.ts';
import { useStation } from '../state/station.ts';

/** The server's clock as far as this machine knows it, in ms. Every age on the screen is measured on it. */
export function serverNow(): number {
  return Date.now() + useStation.getState().clock.ms;
}

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setTimeout> | undefined;
let shown = serverNow();
let shownAgeMs = 0;

/** One timer for all clocks, at the full second of the server, so that they step together. */
function tick(): void {
  shown = serverNow();
  timer = setTimeout(tick, 1_000 - (shown % 1_000) + 5);
  readAge();
}

function readAge(): void {
  shownAgeMs = dataAgeMs(useStation.getState().signs, Date.now());
  for (const listener of listeners) listener();
}

useStation.subscribe((after, before) => {
  if (after.status !== before.status) readAge();
});

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (timer === undefined) tick();
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearTimeout(timer);
    timer = undefined;
  };
}

/** Server time, stepping once a second. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => shown);
}

/** Age of what is shown, in ms: read at the full second, or it would flicker, and when the feed stops or returns. */
export function useDataAge(): number {
  return useSyncExternalStore(subscribe, () => shownAgeMs);
}
