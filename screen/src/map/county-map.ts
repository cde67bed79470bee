import type { DevicePoints } from '@fenghuo/contracts/device-points.ts';
import { LngLat, Map as MapLibre } from 'maplibre-gl';
import { baseStyle } from './base-style.ts';
import { betweenViews, type CameraView } from './between-views.ts';
import type { MapData } from './map-data.ts';
import { Overlay, type Scene } from './overlay.ts';
import { type PointVertices, pointVertices } from './point-vertices.ts';
import { QuietPointsLayer } from './quiet-points.ts';
import './map-worker.ts';

/** How much nearer than the county an incident is looked at, in zoom levels. */
const nearer = 1.9;

/** How long the camera takes to an incident and back, in ms: unhurried. */
const travelMs = 4_000;

/** Rest between two steps of the camera, in ms. */
const stepMs = 25;

/** Room left around the county, in rem; below for the note on the borders. */
const margins = { top: 1.5, bottom: 3, left: 1.5, right: 1.5 };

export interface CountyMapOptions {
  container: HTMLElement;
  canvas: HTMLCanvasElement;
  data: MapData;
  /** West, south, east, north of the county. */
  bounds: [number, number, number, number];
  /** Server time in ms. */
  now: () => number;
  /** The first complete frame, points included, has been drawn. */
  ready: () => void;
}

/** The map of the county: base map and quiet points in one canvas, alarms and names on a light one above. */
export class CountyMap {
  readonly #options: CountyMapOptions;
  readonly #map: MapLibre;
  readonly #overlay: Overlay;
  #place: { lon: number; lat: number } | null = null;
  #points: QuietPointsLayer | null = null;
  #vertices: PointVertices;
  #complete = false;
  #step: ReturnType<typeof setTimeout> | undefined;

  /** Throws when the browser has no WebGL 2. */
  constructor(options: CountyMapOptions) {
    this.#options = options;
    this.#vertices = pointVertices(options.data.points);
    this.#map = new MapLibre({
      container: options.container,
      style: baseStyle(options.data.base, remPixels() / 16),
      bounds: options.bounds,
      fitBoundsOptions: { padding: padding() },
      interactive: false,
      attributionControl: false,
      renderWorldCopies: false,
      fadeDuration: 0,
      refreshExpiredTiles: false,
      pixelRatio: Math.min(2, devicePixelRatio),
    });
    this.#overlay = new Overlay({
      canvas: options.canvas,
      project: (lon, lat) => this.#map.project([lon, lat]),
      now: options.now,
    });
  }

  start(): void {
    const map = this.#map;
    map.on('style.load', () => this.#addPoints());
    map.on('render', () => this.#overlay.draw());
    map.on('resize', () => this.#travel(0));
    this.#overlay.start();
  }

  stop(): void {
    clearTimeout(this.#step);
    this.#overlay.stop();
    this.#map.remove();
  }

  show(scene: Scene): void {
    this.#overlay.show(scene);
  }

  /** Looks at a place, or with null at the whole county. */
  look(place: { lon: number; lat: number } | null): void {
    if (place?.lon === this.#place?.lon && place?.lat === this.#place?.lat) return;
    this.#place = place;
    if (this.#complete) this.#travel(travelMs);
  }

  /** Draws other devices from now on. */
  setPoints(points: DevicePoints): void {
    this.#vertices = pointVertices(points);
    if (this.#points === null) return;
    this.#map.removeLayer(this.#points.id);
    this.#addPoints();
  }

  /** Also after a lost GL context, which takes everything with it that is not part of the style. */
  #addPoints(): void {
    const map = this.#map;
    this.#points = new QuietPointsLayer({
      points: this.#vertices,
      look: () => pointLook(map.getZoom(), map.getPixelRatio()),
      drawn: () => void map.once('idle', () => this.#drawn()),
    });
    map.addLayer(this.#points);
  }

  /**
   * Moves the camera step by step, each after the last has been drawn and by a timer: an animation that asks
   * for frame after frame starves clocks and socket on a machine that draws without a graphics card.
   */
  #travel(duration: number): void {
    clearTimeout(this.#step);
    const target = this.#target();
    if (target === null) return;
    const from = this.#camera();
    const started = performance.now();
    const still = duration === 0 || matchMedia('(prefers-reduced-motion: reduce)').matches;
    const step = () => {
      const share = still ? 1 : Math.min(1, (performance.now() - started) / duration);
      this.#moving(share < 1);
      const { lon, lat, zoom } = betweenViews(from, target, share);
      if (share < 1) this.#map.once('render', () => this.#later(step));
      this.#map.jumpTo({ center: [lon, lat], zoom });
    };
    step();
  }

  #later(step: () => void): void {
    clearTimeout(this.#step);
    this.#step = setTimeout(step, stepMs);
  }

  #camera(): CameraView {
    const { lng, lat } = this.#map.getCenter();
    return { lon: lng, lat, zoom: this.#map.getZoom() };
  }

  /** The camera that shows the place, or the whole county. */
  #target(): CameraView | null {
    const county = this.#map.cameraForBounds(this.#options.bounds, { padding: padding() });
    if (county?.zoom === undefined || county.center === undefined) return null;
    const { lng, lat } = LngLat.convert(county.center);
    const place = this.#place ?? { lon: lng, lat };
    return { ...place, zoom: county.zoom + (this.#place === null ? 0 : nearer) };
  }

  /** The first complete frame is the county; only then the camera goes where it is wanted. */
  #drawn(): void {
    if (this.#complete) return;
    this.#complete = true;
    this.#options.ready();
    if (this.#place !== null) this.#travel(travelMs);
  }

  #moving(moving: boolean): void {
    if (this.#points !== null) this.#points.moving = moving;
  }
}

const remPixels = () => Number.parseFloat(getComputedStyle(document.documentElement).fontSize);

function padding(): { top: number; bottom: number; left: number; right: number } {
  const rem = remPixels();
  const { top, bottom, left, right } = margins;
  return { top: top * rem, bottom: bottom * rem, left: left * rem, right: right * rem };
}

/** Size in pixels and opacity of the points: they stay a texture at county zoom and become single dots near by. */
function pointLook(zoom: number, pixelRatio: number): { size: number; alpha: number } {
  const near = Math.min(1, Math.max(0, (zoom - 10) / 5));
  return { size: (1.5 + 2.5 * near) * pixelRatio * (remPixels() / 16), alpha: 0.32 + 0.3 * near };
}
