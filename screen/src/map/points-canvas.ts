import { paintPoints } from './paint-points.ts';
import type { PointPlaces } from './point-places.ts';

export interface PointsView {
  /** Of the canvas, in CSS pixels. */
  width: number;
  height: number;
  /** Centre in web mercator, 0 to 1. */
  centre: { x: number; y: number };
  /** CSS pixels of the whole world. */
  worldSize: number;
  /** Side of a quiet point in CSS pixels. */
  size: number;
}

export interface PointsCanvasOptions {
  canvas: HTMLCanvasElement;
  places: PointPlaces;
  states: () => Uint8Array;
  view: () => PointsView;
}

/** While nothing but states changes, a drawing in ms: the eye of a room needs no more. */
const drawEveryMs = 1_000;

/** While the camera moves, so many pixels of the screen are one of the canvas, each way. */
const coarse = 2;

/**
 * All devices on a canvas of their own, in main memory: painted from typed arrays when the camera moved, and at most
 * once a second when a state did, so that neither the base map below nor the alarms above are drawn for it.
 */
export class PointsCanvas {
  readonly #options: PointsCanvasOptions;
  #places: PointPlaces;
  #image: ImageData | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #stale = false;
  #moving = false;

  constructor(options: PointsCanvasOptions) {
    this.#options = options;
    this.#places = options.places;
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  setPlaces(places: PointPlaces): void {
    this.#places = places;
    this.draw();
  }

  setStale(stale: boolean): void {
    if (stale === this.#stale) return;
    this.#stale = stale;
    this.draw();
  }

  /** While it moves it is drawn coarsely, and finely where it comes to rest. */
  setMoving(moving: boolean): void {
    this.#moving = moving;
  }

  /** States changed: they are drawn together within a second. */
  statesChanged(): void {
    this.#timer ??= setTimeout(() => this.draw(), drawEveryMs);
  }

  draw(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const { canvas, states, view } = this.#options;
    const context = canvas.getContext('2d', { willReadFrequently: true });
    if (context === null) return;
    const { width, height, centre, worldSize, size } = view();
    const ratio = this.#moving ? 1 / coarse : Math.min(2, devicePixelRatio);
    const image = this.#imageOf(context, Math.round(width * ratio), Math.round(height * ratio));
    if (image === null) return;
    const { frame } = this.#places;
    const scale = worldSize * ratio;
    paintPoints({
      pixels: new Uint32Array(image.data.buffer),
      width: image.width,
      height: image.height,
      places: this.#places,
      states: states(),
      camera: {
        stepX: (frame.width / 65535) * scale,
        stepY: (frame.height / 65535) * scale,
        left: (frame.x - centre.x) * scale + image.width / 2,
        top: (frame.y - centre.y) * scale + image.height / 2,
      },
      size: Math.max(1, Math.round(size * ratio)),
      stale: this.#stale,
    });
    context.putImageData(image, 0, 0);
  }

  /** The canvas at a size, and the image that is put into it; null while it has no room. */
  #imageOf(context: CanvasRenderingContext2D, width: number, height: number): ImageData | null {
    if (width < 1 || height < 1) return null;
    if (this.#image?.width === width && this.#image.height === height) return this.#image;
    context.canvas.width = width;
    context.canvas.height = height;
    this.#image = context.createImageData(width, height);
    return this.#image;
  }
}
