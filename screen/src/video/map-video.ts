import { create } from 'zustand';
import { ScanSweep } from './scan-sweep.ts';
import type { VideoPlace } from './use-cameras.ts';

/** A camera's view as it is drawn on the map. */
export interface MapCone {
  lon: number;
  lat: number;
  /** Degrees clockwise from north. */
  heading: number;
  fieldOfView: number;
  /** The number of its tile. */
  number: number;
}

/** What the tiles show, for the map: the views of their cameras, and the place that these look at. */
export interface MapVideo {
  centre: VideoPlace | null;
  cones: readonly MapCone[];
  /** The scan is drawn: nothing burns. */
  sweeps: boolean;
}

export const useMapVideo = create<MapVideo>(() => ({ centre: null, cones: [], sweeps: false }));

/** Of the county that this page follows. */
export const scanSweep = new ScanSweep();
