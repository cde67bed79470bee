import type { ErrorData, default as Hls, HlsConfig, LoadPolicy } from 'hls.js';
import { paintBeat } from './paint-beat.ts';
import { PictureChange } from './picture-change.ts';
import { pictureLooks } from './picture-looks.ts';
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

/** How often it is looked whether the picture changes, ms. */
const lookEveryMs = 500;
/** A picture that stands although there is more of it, and one whose source says nothing new: opened anew, ms. */
const stuckAfterMs = 6_000;
const silentAfterMs = 30_000;

export interface LivePlayerOptions {
  /** Where its pictures are painted; the last one stays. */
  canvas: HTMLCanvasElement;
  /** Of the live playlist. */
  path: string;
  /** What is shown until a picture comes. */
  last?: LastPicture | undefined;
}

/** A picture of a tile that is gone; `takenAt` as in {@link PictureSigns}. */
export interface LastPicture {
  canvas: HTMLCanvasElement;
  takenAt: number;
}

/**
 * A camera's live picture on a canvas, and the signs by which it is told whether it is live. What fails is opened
 * again, with longer and longer pauses, for as long as the tile stands.
 */
export class LivePlayer {
  readonly #options: LivePlayerOptions;
  readonly #change = new PictureChange();
  readonly #abort = new AbortController();
  readonly #video = document.createElement('video');
  #signs: PictureSigns = noSigns;
  #hls: Hls | null = null;
  #failures = 0;
  #openedAt = 0;
  #lookedAt = 0;
  #looking = false;
  /** Playing position of what was painted last. */
  #position = 0;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #leave: (() => void) | undefined;

  constructor(options: LivePlayerOptions) {
    this.#options = options;
    this.#video.muted = true;
    this.#video.playsInline = true;
  }

  get signs(): PictureSigns {
    return this.#signs;
  }

  start(): void {
    this.#begin();
    this.#leave = paintBeat.join(() => this.#beat(Date.now()));
    void this.#open();
  }

  stop(): void {
    this.#abort.abort();
    clearTimeout(this.#retry);
    this.#leave?.();
    this.#close();
  }

  /** What was shown last; null: nothing was, or nobody knows of when it is. */
  lastPicture(): LastPicture | null {
    const { canvas, last } = this.#options;
    const { shownAt, takenAt } = this.#signs;
    if (shownAt === null) return last ?? null;
    return takenAt === null ? null : { canvas, takenAt };
  }

  #begin(): void {
    const { canvas, last } = this.#options;
    if (last === undefined || last.canvas.width === 0) return;
    this.#signs = { ...this.#signs, takenAt: last.takenAt };
    if (last.canvas === canvas) return;
    canvas.width = last.canvas.width;
    canvas.height = last.canvas.height;
    canvas.getContext('2d')?.drawImage(last.canvas, 0, 0);
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
    hls.on(Player.Events.MANIFEST_PARSED, () => this.#video.play().catch(() => {}));
    hls.loadSource(this.#options.path);
    hls.attachMedia(this.#video);
  }

  #close(): void {
    this.#hls?.destroy();
    this.#hls = null;
    this.#position = 0;
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

  #beat(now: number): void {
    if (this.#hls === null) return;
    const { currentTime, readyState } = this.#video;
    if (readyState >= HTMLMediaElement.HAVE_CURRENT_DATA && currentTime > this.#position) this.#paint(now);
    else this.#watchOver(now);
  }

  /** What stands for long is opened anew. */
  #watchOver(now: number): void {
    const { buffered, currentTime } = this.#video;
    const hasMore = buffered.length > 0 && buffered.end(buffered.length - 1) > currentTime + 1;
    const stoodMs = now - Math.max(this.#signs.shownAt ?? 0, this.#openedAt);
    if (stoodMs < (hasMore ? stuckAfterMs : silentAfterMs)) return;
    this.#close();
    this.#later(this.#signs.failure);
  }

  /** Never read here: drawn into a canvas in main memory, a picture cost the page 30 to 150 ms where software draws; so, 1 ms. */
  #paint(now: number): void {
    const { canvas } = this.#options;
    const context = canvas.getContext('2d');
    if (context === null) return;
    const { clientWidth, clientHeight } = canvas;
    if (canvas.width !== clientWidth) canvas.width = clientWidth;
    if (canvas.height !== clientHeight) canvas.height = clientHeight;
    const { videoWidth, videoHeight } = this.#video;
    const scale = Math.min(canvas.width / videoWidth, canvas.height / videoHeight);
    const [w, h] = [videoWidth * scale, videoHeight * scale];
    context.drawImage(this.#video, (canvas.width - w) / 2, (canvas.height - h) / 2, w, h);
    this.#shown(now);
  }

  #shown(now: number): void {
    this.#position = this.#video.currentTime;
    const takenAt = this.#hls?.playingDate?.getTime() ?? null;
    this.#signs = { ...this.#signs, shownAt: now, takenAt, failure: null };
    this.#failures = 0;
    if (!this.#looking && now - this.#lookedAt >= lookEveryMs) void this.#look(now);
  }

  /** One look at a time: a busy machine answers late. */
  async #look(now: number): Promise<void> {
    this.#looking = true;
    this.#lookedAt = now;
    const hash = await pictureLooks.hashOf(this.#video);
    this.#looking = false;
    if (hash !== null && this.#change.isNew(hash)) this.#signs = { ...this.#signs, changedAt: now };
  }
}
