import { useSyncExternalStore } from 'react';

/** A composition of the wall. Widths are rem; the map takes what the columns leave. */
export interface Layout {
  name: 'standard' | 'broad' | 'panorama';
  /** Least ratio of width to height. */
  from: number;
  /** The list stands beside the gravest incident, not below it, and the incident tells its course. */
  listApart: boolean;
  lead: number;
  list: number;
  chain: number;
}

/** Widest first. 3840×1080 is a panorama, 5760×2160 broad, 1920×1080 and 3840×2160 standard. */
const layouts: readonly Layout[] = [
  { name: 'panorama', from: 3, listApart: true, lead: 46, list: 44, chain: 46 },
  { name: 'broad', from: 2.3, listApart: false, lead: 44, list: 44, chain: 44 },
  { name: 'standard', from: 0, listApart: false, lead: 36, list: 36, chain: 30 },
];

export function layoutFor(width: number, height: number): Layout {
  const found = layouts.find((layout) => width / height >= layout.from) ?? layouts.at(-1);
  if (found === undefined) throw new Error('there is no layout');
  return found;
}

function subscribe(listener: () => void): () => void {
  addEventListener('resize', listener);
  return () => removeEventListener('resize', listener);
}

export function useLayout(): Layout {
  return useSyncExternalStore(subscribe, () => layoutFor(innerWidth, innerHeight));
}
