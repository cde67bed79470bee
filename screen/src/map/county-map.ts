import type { DevicePoints } from '@fenghuo/contracts/device-points.ts';
import type { PlaceName } from '@fenghuo/contracts/push.ts';
import { LngLat, Map as MapLibre } from 'maplibre-gl';
import type { DeviceStateTable } from '../state/device-state-table.ts';
import { learnCard } from '../video/graphics-card.ts';
import type { ScanSweep } from '../video/scan-sweep.ts';
import { AreaShades } from './area-shades.ts';
import type { AreaShading } from './area-shading.ts';
import { BaseRoom } from './base-room.ts';
import { baseStyle } from './base-style.ts';
import { betweenViews, type CameraView } from './between-views.ts';
import { DrawnFence } from './drawn-fence.ts';
import type { MapData } from './map-data.ts';
import { mercatorX, mercatorY } from './mercator.ts';
import { Overlay, type Scene } from './overlay.ts';
import { pointPlaces } from './point-places.ts';
import { PointsCanvas, type PointsView } from './points-canvas.ts';
import { villageCells } from './village-cells.ts';
import './map-worker.ts';

/** How much nearer than the county an incident is looked at, in zoom levels. */
const nearer = 1.9;

/** How long the camera takes to an incident and back, in ms: unhurried. */
const travelMs = 4_000;

/** Rest between two steps of the camera, in ms. */
const stepMs = 25;

/** Half way to an incident villages are shaded instead of townships. */
const villagesNearer = nearer / 2;

/** Before it departs, in ms: a step keeps the graphics process for longer than the mark to which it goes. */
const departMs = 250;

/** Room left around the county, in rem; below for the note on the borders. */
const margins = { top: 1.5, bottom: 3, left: 1.5, right: 1.5 };

export interface CountyMapOptions {
  container: HTMLElement;
  /** Where the devices are drawn, over the base map. */
  points: HTMLCanvasElement;
  /** Where alarms and names are drawn, over the devices, and where alarms call. */
  overlay: HTMLCanvasElement;
  rings: HTMLElement;
  data: MapData;
  /** Villages and townships. */
  places: readonly PlaceName[];
  /** The state of every device. */
  states: DeviceStateTable;
  /** What the scan of cameras found. */
  sweep: ScanSweep;
  /** West, south, east, north of the county. */
  bounds: [number, number, number, number];
  /** Server time in ms. */
  now: () => number;
  /** The first complete frame, points included, has been drawn. */
  ready: () => void;
}

/**
 * The map of the county in three canvases, each drawn only when what it shows changed: the base map when the camera
 * moved, the devices also once a second when states did, alarms and names on a light one above.
 */
export class CountyMap {
  readonly #options: CountyMapOptions;
  readonly #room: BaseRoom;
  readonly #map: MapLibre;
  readonly #overlay: Overlay;
  #place: { lon: number; lat: number } | null = null;
  readonly #points: PointsCanvas;
  #forget: (() => void) | undefined;
  readonly #shades: AreaShades;
  #complete = false;
  #step: ReturnType<typeof setTimeout> | undefined;
  readonly #drawnFence: DrawnFence;
  /** Counts departures: a step of an earlier journey is not taken. */
  #journey = 0;
  /** When the camera is where it goes, or since when it is, by the monotonic clock. */
  #arrivesAt = 0;

  /** Throws when the browser has no WebGL 2. */
  constructor(options: CountyMapOptions) {
    this.#options = options;
    this.#room = new BaseRoom({
      container: options.container,
      window: options.points,
      moved: () => this.#refit(),
      resized: () => this.#map.resize(),
    });
    this.#map = new MapLibre({
      container: options.container,
      style: baseStyle(options.data.base, remPixels() / 16),
      bounds: options.bounds,
      fitBoundsOptions: { padding: paddingAround(this.#room.hidden) },
      interactive: false,
      trackResize: false,
      attributionControl: false,
      renderWorldCopies: false,
      fadeDuration: 0,
      refreshExpiredTiles: false,
      pixelRatio: Math.min(2, devicePixelRatio),
    });
    this.#drawnFence = new DrawnFence(this.#map.getCanvas());
    this.#points = new PointsCanvas({
      canvas: options.points,
      places: pointPlaces(options.data.points),
      states: () => options.states.states,
      view: () => this.#view(),
    });
    this.#shades = new AreaShades({
      map: this.#map,
      townships: options.data.base.townships,
      villages: () => villageCells(options.data.base.townships, options.places),
    });
    this.#overlay = new Overlay({
      canvas: options.overlay,
      rings: options.rings,
      project: (lon, lat) => {
        const { x, y } = this.#map.project([lon, lat]);
        return { x: x - this.#room.hidden.x, y: y - this.#room.hidden.y };
      },
      zoom: () => this.#map.getZoom(),
      now: options.now,
      sweep: options.sweep,
    });
  }

  start(): void {
    const map = this.#map;
    map.on('move', () => this.#drawAbove());
    map.on('resize', () => {
      this.#refit();
      this.#splitShades();
    });
    map.once('idle', () => this.#drawn());
    this.#room.start();
    learnCard(map.getCanvas());
    this.#forget = this.#options.states.onChange(() => this.#points.statesChanged());
    this.#overlay.start();
  }

  stop(): void {
    clearTimeout(this.#step);
    this.#journey++;
    this.#drawnFence.stop();
    this.#room.stop();
    this.#forget?.();
    this.#points.stop();
    this.#overlay.stop();
    this.#map.remove();
  }

  show(scene: Scene): void {
    this.#overlay.show(scene);
    this.#points.setStale(scene.stale);
  }

  /** What the ground of the areas tells; greyed when it is no longer the present. */
  shade(shading: AreaShading, stale: boolean): void {
    this.#shades.show(shading, stale);
    this.#splitShades();
  }

  #splitShades(): void {
    const county = this.#countyCamera();
    if (county !== null) this.#shades.split(county.zoom + villagesNearer);
  }

  /** Looks at a place, or with null at the whole county. */
  look(place: { lon: number; lat: number } | null): void {
    if (place?.lon === this.#place?.lon && place?.lat === this.#place?.lat) return;
    this.#place = place;
    if (this.#complete) this.#depart();
  }

  /** Draws other devices from now on. */
  setPoints(points: DevicePoints): void {
    this.#points.setPlaces(pointPlaces(points));
  }

  #depart(): void {
    this.#journey++;
    this.#arrivesAt = performance.now() + departMs + travelMs;
    clearTimeout(this.#step);
    this.#step = setTimeout(() => this.#travel(travelMs), departMs);
  }

  /** More or less of the map is seen: the camera shows the same in it, or goes on its way to what it was to show. */
  #refit(): void {
    this.#travel(Math.max(0, this.#arrivesAt - performance.now()));
  }

  /** What lies over the base map follows it in the same frame. */
  #drawAbove(): void {
    this.#points.draw();
    this.#overlay.draw();
  }

  #view(): PointsView {
    const { lng, lat } = this.#map.getCenter();
    const zoom = this.#map.getZoom();
    const { clientWidth: width, clientHeight: height } = this.#options.points;
    return {
      width,
      height,
      centre: { x: mercatorX(lng), y: mercatorY(lat) },
      worldSize: 512 * 2 ** zoom,
      size: pointSize(zoom),
    };
  }

  /**
   * Moves the camera step by step, each after the last has been drawn and by a timer: an animation that asks
   * for frame after frame starves clocks and socket on a machine that draws without a graphics card.
   */
  #travel(duration: number): void {
    clearTimeout(this.#step);
    const journey = ++this.#journey;
    const target = this.#target();
    if (target === null) return;
    const from = this.#camera();
    const started = performance.now();
    this.#arrivesAt = started + duration;
    const still = duration === 0 || matchMedia('(prefers-reduced-motion: reduce)').matches;
    const step = () => {
      const share = still ? 1 : Math.min(1, (performance.now() - started) / duration);
      this.#moving(share < 1);
      const { lon, lat, zoom } = betweenViews(from, target, share);
      if (share < 1) this.#map.once('render', () => this.#afterDrawn(journey, step));
      this.#map.jumpTo({ center: [lon, lat], zoom });
    };
    step();
  }

  #afterDrawn(journey: number, step: () => void): void {
    if (journey !== this.#journey) return;
    this.#drawnFence.whenDrawn(() => {
      if (journey === this.#journey) this.#step = setTimeout(step, stepMs);
    });
  }

  #camera(): CameraView {
    const { lng, lat } = this.#map.getCenter();
    return { lon: lng, lat, zoom: this.#map.getZoom() };
  }

  /** The camera that shows the place, or the whole county. */
  #target(): CameraView | null {
    const county = this.#countyCamera();
    if (county === null || this.#place === null) return county;
    return { ...this.#place, zoom: county.zoom + nearer };
  }

  #countyCamera(): CameraView | null {
    const padding = paddingAround(this.#room.hidden);
    const county = this.#map.cameraForBounds(this.#options.bounds, { padding });
    if (county?.zoom === undefined || county.center === undefined) return null;
    const { lng, lat } = LngLat.convert(county.center);
    return { lon: lng, lat, zoom: county.zoom };
  }

  /** The first complete frame is the county; only then the camera goes where it is wanted. */
  #drawn(): void {
    if (this.#complete) return;
    this.#complete = true;
    this.#points.draw();
    this.#shades.begin();
    this.#splitShades();
    this.#overlay.letCall();
    this.#options.ready();
    if (this.#place !== null) this.#depart();
  }

  #moving(moving: boolean): void {
    this.#points.setMoving(moving);
  }
}

const remPixels = () => Number.parseFloat(getComputedStyle(document.documentElement).fontSize);

/** Of the county, to the edges of the base map, of which so much is hidden. */
function paddingAround({ x, y }: { x: number; y: number }) {
  const rem = remPixels();
  const { top, bottom, left, right } = margins;
  return { top: top * rem + y, bottom: bottom * rem + y, left: left * rem + x, right: right * rem + x };
}

/** Side of a quiet point in CSS pixels: they stay a texture at county zoom and become single dots near by. */
function pointSize(zoom: number): number {
  const near = Math.min(1, Math.max(0, (zoom - 10) / 5));
  return (1.5 + 2.5 * near) * (remPixels() / 16);
}
