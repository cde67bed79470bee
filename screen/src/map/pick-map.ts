import { Map as MapLibre, Marker } from 'maplibre-gl';
import { baseStyle } from './base-style.ts';
import type { MapData } from './map-data.ts';
import { mercatorX, mercatorY } from './mercator.ts';
import { pointPlaces } from './point-places.ts';
import { PointsCanvas, type PointsView } from './points-canvas.ts';
import './map-worker.ts';

/** Where things stand, and not how they are. */
const allQuiet = new Uint8Array(0);

/** Near enough to tell one building from the next. */
const nearZoom = 15;

export interface PickMapOptions {
  container: HTMLElement;
  data: MapData;
  /** West, south, east, north of the county. */
  bounds: [number, number, number, number];
  /** A place was pointed at. */
  picked: (lon: number, lat: number) => void;
}

/** A small map to point at a place, and to see where one lies. Draws nothing while nothing moves. */
export class PickMap {
  readonly #map: MapLibre;
  readonly #mark: Marker;
  readonly #points: PointsCanvas;

  /** Throws when the browser has no WebGL 2. */
  constructor({ container, data, bounds, picked }: PickMapOptions) {
    const map = new MapLibre({
      ...{ container, bounds, style: baseStyle(data.base, 1), attributionControl: false },
      ...{
        renderWorldCopies: false,
        fadeDuration: 0,
        pitchWithRotate: false,
        dragRotate: false,
        keyboard: false,
      },
    });
    this.#map = map;
    const element = document.createElement('div');
    element.className = 'pick-mark';
    this.#mark = new Marker({ element });
    const canvas = document.createElement('canvas');
    canvas.className = 'pick-points';
    container.append(canvas);
    this.#points = new PointsCanvas({
      canvas,
      places: pointPlaces(data.points),
      states: () => allQuiet,
      view: () => viewOf(map),
    });
    for (const moved of ['load', 'move', 'resize'] as const) map.on(moved, () => this.#points.draw());
    map.on('click', ({ lngLat }) => picked(lngLat.lng, lngLat.lat));
  }

  stop(): void {
    this.#points.stop();
    this.#map.remove();
  }

  /** Marks a place and looks at it, unless it is in sight and near enough already; null takes the mark away. */
  show(place: { lon: number; lat: number } | null): void {
    if (place === null) {
      this.#mark.remove();
      return;
    }
    const at: [number, number] = [place.lon, place.lat];
    this.#mark.setLngLat(at).addTo(this.#map);
    if (this.#map.getZoom() < nearZoom - 2 || !this.#map.getBounds().contains(at))
      this.#map.jumpTo({ center: at, zoom: nearZoom });
  }
}

function viewOf(map: MapLibre): PointsView {
  const { lng, lat } = map.getCenter();
  const { clientWidth: width, clientHeight: height } = map.getContainer();
  const zoom = map.getZoom();
  return {
    ...{ width, height, worldSize: 512 * 2 ** zoom },
    centre: { x: mercatorX(lng), y: mercatorY(lat) },
    size: zoom > 12 ? 4 : 1.5,
  };
}
