import type { WhoAmI } from '@fenghuo/contracts/rest.ts';
import { useEffect, useState } from 'react';
import type { ClockOffset } from '../feed/clock-offset.ts';
import { useStation } from '../state/station.ts';
import type { World } from '../state/world.ts';
import { keptWorld } from './orders.ts';
import { phoneStore } from './phone-store.ts';
import { useOutbox } from './postman.ts';

/** What this phone knew last, and of whom it was. */
interface KeptStation {
  who: WhoAmI;
  world: World;
  clock: ClockOffset;
}

/** Another one whenever the world gets another shape: what an older page kept is not read. */
const key = 'station.2';

/** A world is written once a second at most, while it changes. */
const keepEveryMs = 1_000;

/**
 * Who held this phone last, null when nobody is known, once what was kept has become the station's world, if there is
 * no newer one. While somebody is signed in, what the feed says is kept for them.
 */
export function useKeptStation(who: WhoAmI | null): WhoAmI | null | 'asking' {
  const [kept, setKept] = useState<WhoAmI | null | 'asking'>('asking');
  useEffect(() => {
    void recall().then(setKept);
  }, []);
  useEffect(() => (who === null ? undefined : keepFor(who)), [who]);
  return kept;
}

async function recall(): Promise<WhoAmI | null> {
  const kept = (await phoneStore.known(key)) as KeptStation | undefined;
  if (kept === undefined) return null;
  if (useStation.getState().world === null) useStation.setState({ world: kept.world, clock: kept.clock });
  return kept.who;
}

/**
 * Keeps the station's world until the returned function is called; at once when something is done, which without its order
 * could not be gone on with after the page was closed.
 */
function keepFor(who: WhoAmI): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const keep = () => {
    clearTimeout(timer);
    timer = undefined;
    const { world, clock } = useStation.getState();
    if (world === null) return;
    const kept: KeptStation = { who, world: keptWorld(world, who, useOutbox.getState().entries), clock };
    void phoneStore.keepKnown(key, kept);
  };
  const unsubscribe = useStation.subscribe((after, before) => {
    if (after.world !== before.world) timer ??= setTimeout(keep, keepEveryMs);
  });
  const acted = useOutbox.subscribe(keep);
  return () => {
    unsubscribe();
    acted();
    clearTimeout(timer);
  };
}

/** Nobody is signed in any more: who holds the phone next sees nothing of what was there. */
export async function forgetStation(): Promise<void> {
  useStation.setState({ world: null });
  await phoneStore.forgetKnown();
}
