import type { DrillScenario } from '@fenghuo/contracts/drills.ts';
import type { Feature, FeatureCollection } from 'geojson';
import { type GeoJSONSource, LngLatBounds, Map as MapLibre } from 'maplibre-gl';
import { type BaseMap, baseStyle } from '../map/base-style.ts';
import '../map/map-worker.ts';

export interface TouchMapOptions {
  container: HTMLElement;
  base: BaseMap;
  /** West, south, east, north of the county. */
  bounds: [number, number, number, number];
}

export type Touched = Pick<DrillScenario, 'points' | 'places'>;

/** Nearer than this one building fills the picture. */
const nearest = 15.5;
const ink = '#eaf1f7';

/** A small map of what a scenario will touch: rings for its places, dots for devices that are to alarm. */
export class TouchMap {
  readonly #map: MapLibre;
  readonly #bounds: TouchMapOptions['bounds'];
  #touched: Touched | null = null;

  /** Throws when the browser has no WebGL 2. */
  constructor({ container, base, bounds }: TouchMapOptions) {
    this.#bounds = bounds;
    this.#map = new MapLibre({
      ...{ container, bounds, style: baseStyle(base, 1), attributionControl: false },
      ...{ renderWorldCopies: false, fadeDuration: 0, pitchWithRotate: false, dragRotate: false },
    });
    this.#map.on('load', () => this.#addLayers());
  }

  stop(): void {
    this.#map.remove();
  }

  /** Shows what is touched and looks at it; null: the whole county, untouched. */
  show(touched: Touched | null): void {
    this.#touched = touched;
    this.#draw();
    const all =
      touched === null ? [] : [...touched.points, ...touched.places.map(({ lon, lat }) => [lon, lat])];
    const bounds = new LngLatBounds();
    for (const [lon, lat] of all) bounds.extend([lon!, lat!]);
    const options = { padding: 60, maxZoom: nearest, animate: false };
    this.#map.fitBounds(all.length === 0 ? this.#bounds : bounds, options);
  }

  #addLayers(): void {
    const map = this.#map;
    map.addSource('touched', { type: 'geojson', data: featuresOf(this.#touched) });
    map.addLayer({
      ...{ id: 'points', type: 'circle', source: 'touched', filter: ['==', ['get', 'what'], 'point'] },
      paint: { 'circle-radius': 3, 'circle-color': ink, 'circle-opacity': 0.75 },
    });
    map.addLayer({
      ...{ id: 'places', type: 'circle', source: 'touched', filter: ['==', ['get', 'what'], 'place'] },
      paint: {
        ...{ 'circle-radius': 14, 'circle-color': 'transparent' },
        ...{ 'circle-stroke-color': ink, 'circle-stroke-width': 2.5 },
      },
    });
  }

  #draw(): void {
    this.#map.getSource<GeoJSONSource>('touched')?.setData(featuresOf(this.#touched));
  }
}

function featuresOf(touched: Touched | null): FeatureCollection {
  const at = (what: 'point' | 'place', lon: number, lat: number): Feature => ({
    ...{ type: 'Feature', properties: { what } },
    geometry: { type: 'Point', coordinates: [lon, lat] },
  });
  const points = touched?.points.map(([lon, lat]) => at('point', lon, lat)) ?? [];
  const places = touched?.places.map(({ lon, lat }) => at('place', lon, lat)) ?? [];
  return { type: 'FeatureCollection', features: [...points, ...places] };
}
