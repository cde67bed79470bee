import type { ErrorData, default as Hls, HlsConfig, LoadPolicy } from 'hls.js';
import { PictureChange } from './picture-change.ts';
import { noSigns, type PictureFailure, type PictureSigns } from './picture-state.ts';
import { retryPause } from './retry-pause.ts';
import { whyNoPicture } from './why-no-picture.ts';

/** Two tries, then we ask why and knock again in our own time. */
const quick: LoadPolicy = {
  default: {
    ...{ maxTimeToFirstByteMs: 5_000, maxLoadTimeMs: 8_000 },
    timeoutRetry: { maxNumRetry: 1, retryDelayMs: 0, maxRetryDelayMs: 0 },
    errorRetry: { maxNumRetry: 2, retryDelayMs: 500, maxRetryDelayMs: 1_000 },
  },
};

/**
 * Two segments behind the newest, so that an ordinary delay does not empty the buffer; five at most, then it leaps.
 * Without a worker: cameras send what needs no repacking, or little. Of several qualities the one that fits the tile.
 */
const config: Partial<HlsConfig> = {
  ...{ enableWorker: false, capLevelToPlayerSize: true },
  ...{ liveSyncDurationCount: 2, liveMaxLatencyDurationCount: 5 },
  ...{ backBufferLength: 4, maxBufferLength: 10, maxBufferSize: 8_000_000 },
  ...{ manifestLoadPolicy: quick, playlistLoadPolicy: quick, fragLoadPolicy: quick },
};

/** How often it is looked whether the picture changes, and in how many pixels, ms. */
const lookEveryMs = 500;
const look = { width: 96, height: 54 };
/** A picture that stands although there is more of it, and one whose source says nothing new: opened anew, ms. */
const stuckAfterMs = 6_000;
const silentAfterMs = 30_000;

export interface LivePlayerOptions {
  video: HTMLVideoElement;
  /** Keeps the last picture while there is no new one. */
  still: HTMLCanvasElement;
  /** Of the live playlist. */
  path: string;
}

/**
 * A camera's live picture in a video element, and the signs by which it is told whether it is live. What fails is
 * opened again, with longer and longer pauses, for as long as the tile stands.
 */
export class LivePlayer {
  readonly #options: LivePlayerOptions;
  readonly #change = new PictureChange();
  readonly #abort = new AbortController();
  readonly #pixels = new OffscreenCanvas(look.width, look.height);
  #signs: PictureSigns = noSigns;
  #hls: Hls | null = null;
  #failures = 0;
  #openedAt = 0;
  #lookedAt = 0;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #watch: ReturnType<typeof setInterval> | undefined;
  #frame = 0;

  constructor(options: LivePlayerOptions) {
    this.#options = options;
  }

  get signs(): PictureSigns {
    return this.#signs;
  }

  start(): void {
    this.#nextFrame();
    this.#watch = setInterval(() => this.#watchOver(), 1_000);
    void this.#open();
  }

  stop(): void {
    this.#abort.abort();
    clearTimeout(this.#retry);
    clearInterval(this.#watch);
    this.#options.video.cancelVideoFrameCallback(this.#frame);
    this.#close();
  }

  async #open(): Promise<void> {
    this.#openedAt = Date.now();
    const { default: Player } = await import('hls.js/light');
    if (this.#abort.signal.aborted) return;
    if (!Player.isSupported()) {
      this.#signs = { ...this.#signs, failure: 'unplayable' };
      return;
    }
    const hls = new Player(config);
    this.#hls = hls;
    hls.on(Player.Events.ERROR, (_event, error) => void this.#failed(error));
    hls.on(Player.Events.MANIFEST_PARSED, () => this.#options.video.play().catch(() => {}));
    hls.loadSource(this.#options.path);
    hls.attachMedia(this.#options.video);
  }

  #close(): void {
    this.#keepStill();
    this.#hls?.destroy();
    this.#hls = null;
  }

  async #failed(error: ErrorData): Promise<void> {
    const isEmpty = error.details === 'levelEmptyError';
    if (this.#hls === null || !(error.fatal || isEmpty)) return;
    this.#close();
    const failure = await this.#reasonOf(error);
    if (!this.#abort.signal.aborted) this.#later(failure);
  }

  async #reasonOf({ type, details }: ErrorData): Promise<PictureFailure> {
    if (details === 'levelEmptyError') return 'no-signal';
    if (type === 'mediaError') return 'unplayable';
    return whyNoPicture(this.#options.path, this.#abort.signal);
  }

  #later(failure: PictureFailure | null): void {
    this.#signs = { ...this.#signs, failure };
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => void this.#open(), retryPause(this.#failures, Math.random()));
    this.#failures += 1;
  }

  /** A picture that stands for long is opened anew. */
  #watchOver(): void {
    if (this.#hls === null) return;
    const stoodMs = Date.now() - Math.max(this.#signs.shownAt ?? 0, this.#openedAt);
    const { video } = this.#options;
    const hasMore =
      video.buffered.length > 0 && video.buffered.end(video.buffered.length - 1) > video.currentTime + 1;
    if (stoodMs < (hasMore ? stuckAfterMs : silentAfterMs)) return;
    this.#close();
    this.#later(this.#signs.failure);
  }

  #nextFrame(): void {
    this.#frame = this.#options.video.requestVideoFrameCallback((_now, { mediaTime }) => {
      this.#nextFrame();
      this.#shown(mediaTime);
    });
  }

  /** `playingDate` is that of the playing position; the picture on the screen may be older. */
  #shown(mediaTime: number): void {
    const now = Date.now();
    const { video, still } = this.#options;
    const date = this.#hls?.playingDate?.getTime();
    const takenAt = date === undefined ? null : date - (video.currentTime - mediaTime) * 1_000;
    this.#signs = { ...this.#signs, shownAt: now, takenAt, failure: null };
    this.#failures = 0;
    still.hidden = true;
    if (now - this.#lookedAt < lookEveryMs) return;
    this.#lookedAt = now;
    if (this.#isNew()) this.#signs = { ...this.#signs, changedAt: now };
  }

  #isNew(): boolean {
    const context = this.#pixels.getContext('2d', { willReadFrequently: true });
    if (context === null) return false;
    context.drawImage(this.#options.video, 0, 0, look.width, look.height);
    return this.#change.isNew(context.getImageData(0, 0, look.width, look.height).data);
  }

  /** Before the video goes dark its last picture is copied over it. */
  #keepStill(): void {
    const { video, still } = this.#options;
    if (video.videoWidth === 0 || this.#signs.shownAt === null || !still.hidden) return;
    still.width = video.videoWidth;
    still.height = video.videoHeight;
    still.getContext('2d')?.drawImage(video, 0, 0);
    still.hidden = false;
  }
}
