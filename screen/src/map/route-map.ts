import { LngLatBounds, Map as MapLibre, Marker, type StyleSpecification } from 'maplibre-gl';
import { baseStyle } from './base-style.ts';
import type { MapData } from './map-data.ts';
import './map-worker.ts';

export interface RoutePoint {
  lon: number;
  lat: number;
}

const lineColour = '#8fa3b3';

/** A drive on the map: from its start over its stops, each with its number, and back. Draws nothing while nothing moves. */
export class RouteMap {
  readonly #map: MapLibre;

  /** Throws when the browser has no WebGL 2. */
  constructor(
    container: HTMLElement,
    data: MapData,
    { start, stops }: { start: RoutePoint; stops: readonly RoutePoint[] },
  ) {
    const drive = [start, ...stops, start].map(({ lon, lat }): [number, number] => [lon, lat]);
    const bounds = drive.reduce((grown, at) => grown.extend(at), new LngLatBounds());
    this.#map = new MapLibre({
      ...{ container, bounds, style: withDrive(baseStyle(data.base, 1), drive), attributionControl: false },
      ...{ renderWorldCopies: false, fadeDuration: 0, pitchWithRotate: false, dragRotate: false },
      fitBoundsOptions: { padding: 40, maxZoom: 15 },
    });
    this.#mark(start, '●');
    for (const [i, stop] of stops.entries()) this.#mark(stop, String(i + 1));
  }

  stop(): void {
    this.#map.remove();
  }

  #mark({ lon, lat }: RoutePoint, text: string): void {
    const element = document.createElement('div');
    element.className = 'route-mark';
    element.textContent = text;
    new Marker({ element }).setLngLat([lon, lat]).addTo(this.#map);
  }
}

function withDrive({ sources, layers, ...style }: StyleSpecification, coordinates: [number, number][]) {
  const geometry = { type: 'LineString' as const, coordinates };
  const data = { type: 'Feature' as const, properties: {}, geometry };
  const paint = { 'line-color': lineColour, 'line-width': 2 };
  return {
    ...style,
    sources: { ...sources, drive: { type: 'geojson' as const, data } },
    layers: [...layers, { id: 'drive', type: 'line' as const, source: 'drive', paint }],
  };
}
