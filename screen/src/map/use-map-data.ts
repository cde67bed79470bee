import { useEffect, useState } from 'react';
import { fetchMapData, type MapData, type MapPart } from './map-data.ts';

/** After a failure, the next try, in ms. */
const retryMs = 3_000;

export interface MapLoading {
  data: MapData | null;
  arrived: readonly MapPart[];
  /** The last try failed; another follows. */
  failed: boolean;
}

const nothing: MapLoading = { data: null, arrived: [], failed: false };

/** Fetches the map's data, again after each failure, and anew when `directoryTurn` says that devices changed. */
export function useMapData(directoryTurn: number): MapLoading {
  const [loading, setLoading] = useState<MapLoading>(nothing);
  useEffect(() => {
    const abort = new AbortController();
    let retry: ReturnType<typeof setTimeout> | undefined;
    const load = async () => {
      setLoading((before) => ({ ...before, arrived: [] }));
      const arrived = (part: MapPart) =>
        setLoading((before) => ({ ...before, arrived: [...before.arrived, part] }));
      try {
        const data = await fetchMapData({ signal: abort.signal, arrived, anew: directoryTurn > 0 });
        setLoading((before) => ({ ...before, data, failed: false }));
      } catch {
        if (abort.signal.aborted) return;
        setLoading((before) => ({ ...before, failed: true }));
        retry = setTimeout(() => void load(), retryMs);
      }
    };
    void load();
    return () => {
      abort.abort();
      clearTimeout(retry);
    };
  }, [directoryTurn]);
  return loading;
}
