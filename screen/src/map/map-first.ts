import { useEffect, useState } from 'react';
import { create } from 'zustand';

/**
 * Whether the map of this page has been drawn. What else draws comes after it, since without a graphics card the map
 * takes all that there is.
 */
const useMapDrawn = create<{ drawn: boolean }>(() => ({ drawn: false }));

/** It is not waited for longer than this, ms. */
const mapWithinMs = 30_000;

/** Says so also in the document, for whoever measures. */
export function tellMapDrawn(drawn: boolean): void {
  if (drawn) document.documentElement.dataset.map = 'ready';
  else delete document.documentElement.dataset.map;
  useMapDrawn.setState({ drawn });
}

/** The map cannot be drawn: nobody waits for it. */
export function letOthersDraw(): void {
  useMapDrawn.setState({ drawn: true });
}

/** True while the map has not been drawn. */
export function useMapFirst(): boolean {
  const drawn = useMapDrawn((map) => map.drawn);
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), mapWithinMs);
    return () => clearTimeout(timer);
  }, []);
  return !drawn && !late;
}
