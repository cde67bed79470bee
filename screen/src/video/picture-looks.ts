/** In how many pixels a picture is looked at that is read back from the graphics process. */
const look = { resizeWidth: 96, resizeHeight: 54 };

export interface LookQuestion {
  no: number;
  picture: VideoFrame | ImageBitmap;
}

export interface LookAnswer {
  no: number;
  /** Null: it could not be read. */
  hash: number | null;
}

/**
 * What the decoder gave, in main memory; null where the browser does not let it go: over http from another machine, and
 * out of a decoder of the graphics card. Where software draws, reading small bitmaps back instead, twice a second a tile,
 * cost the wall ten of its 25 frames a second, and a fire's mark 0.3 s on its way to the screen.
 */
function frameOf(video: HTMLVideoElement): VideoFrame | null {
  if (!('VideoFrame' in globalThis) || video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return null;
  const frame = new VideoFrame(video);
  if (frame.format !== null) return frame;
  frame.close();
  return null;
}

/** Looks at pictures beside the page's thread, all tiles by one worker, which is there from the first look on. */
class PictureLooks {
  readonly #waiting = new Map<number, (hash: number | null) => void>();
  #worker: Worker | null = null;
  #no = 0;

  /** The hash of what the video shows now; null when it cannot be read. Costs the page 1 ms. */
  async hashOf(video: HTMLVideoElement): Promise<number | null> {
    const picture = frameOf(video) ?? (await createImageBitmap(video, look).catch(() => null));
    if (picture === null) return null;
    const no = this.#no++;
    const worker = this.#here();
    return new Promise((resolve) => {
      this.#waiting.set(no, resolve);
      worker.postMessage({ no, picture } satisfies LookQuestion, [picture]);
    });
  }

  #here(): Worker {
    if (this.#worker !== null) return this.#worker;
    const worker = new Worker(new URL('./look-worker.ts', import.meta.url), { type: 'module' });
    worker.onmessage = ({ data: { no, hash } }: MessageEvent<LookAnswer>) => {
      this.#waiting.get(no)?.(hash);
      this.#waiting.delete(no);
    };
    worker.onerror = () => this.#ended(worker);
    this.#worker = worker;
    return worker;
  }

  /** A worker that fails answers nobody; the next look has another. */
  #ended(worker: Worker): void {
    worker.terminate();
    this.#worker = null;
    for (const resolve of this.#waiting.values()) resolve(null);
    this.#waiting.clear();
  }
}

export const pictureLooks = new PictureLooks();
