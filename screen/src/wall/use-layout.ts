import type { WallMode } from '@fenghuo/contracts/wall-orders.ts';
import { useState, useSyncExternalStore } from 'react';
import type { OpenIncident } from '../state/open-incidents.ts';
import { type Layout, layoutFor } from './layouts.ts';
import { nextMode } from './mode.ts';

function subscribe(listener: () => void): () => void {
  addEventListener('resize', listener);
  return () => removeEventListener('resize', listener);
}

export function useLayout(mode: WallMode): Layout {
  return useSyncExternalStore(subscribe, () => layoutFor(mode, innerWidth, innerHeight));
}

/** The mode that a desk ordered, else the one that the wall goes to by itself. */
export function useMode(open: readonly OpenIncident[], ordered: WallMode | null): WallMode {
  const [own, setOwn] = useState<WallMode>('everyday');
  const next = nextMode(own, open);
  if (next !== own) setOwn(next);
  return ordered ?? next;
}
