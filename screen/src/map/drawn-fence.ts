/** How often it is looked whether all is drawn, ms. */
const lookEveryMs = 15;

/**
 * Tells when the graphics process has drawn what a canvas asked of it so far. In software it lags behind, and whoever goes on
 * asking makes a queue in which the frame with a new alarm stands behind several of the map.
 */
export class DrawnFence {
  readonly #canvas: HTMLCanvasElement;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Of WebGL 2. */
  constructor(canvas: HTMLCanvasElement) {
    this.#canvas = canvas;
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  /** Only the last that was asked for is told. At once where the context is lost: nothing is drawn then. */
  whenDrawn(tell: () => void): void {
    clearTimeout(this.#timer);
    const gl = this.#canvas.getContext('webgl2');
    const sync = gl?.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0) ?? null;
    if (gl === null || sync === null) {
      tell();
      return;
    }
    gl.flush();
    const look = () => {
      if (gl.getSyncParameter(sync, gl.SYNC_STATUS) === gl.UNSIGNALED && !gl.isContextLost()) {
        this.#timer = setTimeout(look, lookEveryMs);
        return;
      }
      gl.deleteSync(sync);
      tell();
    };
    this.#timer = setTimeout(look, lookEveryMs);
  }
}
