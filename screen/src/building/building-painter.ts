import { AskedWorker } from '../ui/asked-worker.ts';
import type { BuildingPicture } from './building-scene.ts';

/** One for the page and for good: what it draws with takes seconds to make, and nobody gives it back. */
const pictures = new AskedWorker<BuildingPicture, ImageBitmap>(
  () => new Worker(new URL('./building-worker.ts', import.meta.url), { type: 'module' }),
);

/** Puts pictures of one building on a canvas as a worker draws them: one at a time, and after it the newest wish. */
export class BuildingPainter {
  readonly #canvas: HTMLCanvasElement;
  readonly #tell: (drawn: 'yes' | 'failed') => void;
  #wish: BuildingPicture | null = null;
  #paints = false;
  #stopped = false;

  /** `failed`: there is no WebGL. */
  constructor(canvas: HTMLCanvasElement, tell: (drawn: 'yes' | 'failed') => void) {
    this.#canvas = canvas;
    this.#tell = tell;
  }

  paint(picture: BuildingPicture): void {
    this.#wish = picture;
    if (!this.#paints) void this.#paintOn();
  }

  /** Nothing of this building stays on the canvas. */
  stop(): void {
    this.#stopped = true;
    this.#show(null);
  }

  async #paintOn(): Promise<void> {
    this.#paints = true;
    while (this.#wish !== null && !this.#stopped) {
      const picture = this.#wish;
      this.#wish = null;
      const answer = await pictures.ask(picture);
      if (this.#stopped) answer?.close();
      else if (answer !== null) this.#show(answer);
      if (!this.#stopped) this.#tell(answer === null ? 'failed' : 'yes');
    }
    this.#paints = false;
  }

  #show(picture: ImageBitmap | null): void {
    this.#canvas.getContext('bitmaprenderer')?.transferFromImageBitmap(picture);
  }
}
