import type { DrillScenario } from '@fenghuo/contracts/drills.ts';
import type { Feature, FeatureCollection } from 'geojson';
import { type GeoJSONSource, LngLatBounds, Map as MapLibre, Marker } from 'maplibre-gl';
import { baseStyle } from '../map/base-style.ts';
import type { MapData } from '../map/map-data.ts';
import { mercatorX, mercatorY } from '../map/mercator.ts';
import { pointPlaces } from '../map/point-places.ts';
import { PointsCanvas, type PointsView } from '../map/points-canvas.ts';
import '../map/map-worker.ts';

export interface TouchMapOptions {
  container: HTMLElement;
  data: MapData;
  /** West, south, east, north of the county. */
  bounds: [number, number, number, number];
}

export interface Touched extends Pick<DrillScenario, 'points'> {
  /** `name`: township and building, as people there say it. */
  places: readonly { lon: number; lat: number; name: string }[];
}

/** Nearer than this nobody sees which township it is. */
const nearest = 11.5;
/** Where things stand, and not how they are. */
const allQuiet = new Uint8Array(0);
const ink = '#eaf1f7';

/** A small map of what a scenario will touch: rings for its places, dots for devices that are to alarm. */
export class TouchMap {
  readonly #map: MapLibre;
  readonly #bounds: TouchMapOptions['bounds'];
  readonly #points: PointsCanvas;
  #names: Marker[] = [];
  #touched: Touched | null = null;

  /** Throws when the browser has no WebGL 2. */
  constructor({ container, data, bounds }: TouchMapOptions) {
    this.#bounds = bounds;
    this.#map = new MapLibre({
      ...{ container, bounds, style: baseStyle(data.base, 1), attributionControl: false },
      ...{ renderWorldCopies: false, fadeDuration: 0, pitchWithRotate: false, dragRotate: false },
    });
    this.#map.on('load', () => this.#addLayers());
    const canvas = document.createElement('canvas');
    canvas.className = 'drill-points';
    container.append(canvas);
    const [places, states, view] = [pointPlaces(data.points), () => allQuiet, () => viewOf(this.#map)];
    this.#points = new PointsCanvas({ canvas, places, states, view });
    for (const moved of ['load', 'move', 'resize'] as const) this.#map.on(moved, () => this.#points.draw());
  }

  stop(): void {
    this.#points.stop();
    this.#map.remove();
  }

  /** Shows what is touched and looks at it; null: the whole county, untouched. */
  show(touched: Touched | null): void {
    this.#touched = touched;
    this.#draw();
    for (const name of this.#names) name.remove();
    this.#names = (touched?.places ?? []).map((place) => this.#name(place));
    const all =
      touched === null ? [] : [...touched.points, ...touched.places.map(({ lon, lat }) => [lon, lat])];
    const bounds = new LngLatBounds();
    for (const [lon, lat] of all) bounds.extend([lon!, lat!]);
    const options = {
      padding: { top: 60, bottom: 70, left: 60, right: 230 },
      maxZoom: nearest,
      animate: false,
    };
    this.#map.fitBounds(all.length === 0 ? this.#bounds : bounds, options);
  }

  #name({ lon, lat, name }: Touched['places'][number]): Marker {
    const element = document.createElement('span');
    element.className = 'drill-place';
    element.textContent = name;
    return new Marker({ element, anchor: 'left', offset: [20, 0] }).setLngLat([lon, lat]).addTo(this.#map);
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

function viewOf(map: MapLibre): PointsView {
  const { lng, lat } = map.getCenter();
  const { clientWidth: width, clientHeight: height } = map.getContainer();
  const centre = { x: mercatorX(lng), y: mercatorY(lat) };
  return { width, height, worldSize: 512 * 2 ** map.getZoom(), centre, size: map.getZoom() > 12 ? 3 : 1.5 };
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
