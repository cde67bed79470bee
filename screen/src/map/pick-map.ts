import { Map as MapLibre, Marker } from 'maplibre-gl';
import { baseStyle } from './base-style.ts';
import type { MapData } from './map-data.ts';
import { pointVertices } from './point-vertices.ts';
import { QuietPointsLayer } from './quiet-points.ts';
import './map-worker.ts';

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
    map.on('style.load', () =>
      map.addLayer(
        new QuietPointsLayer({
          points: pointVertices(data.points),
          look: () => ({ size: map.getZoom() > 12 ? 4 : 1.5, alpha: 0.6 }),
          drawn: () => {},
        }),
      ),
    );
    map.on('click', ({ lngLat }) => picked(lngLat.lng, lngLat.lat));
  }

  stop(): void {
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
