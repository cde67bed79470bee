import type Hls from 'hls.js';

/** One picture of a camera, and when it was taken by its own clock, ms; null: its source does not say. */
export interface Still {
  bytes: Blob;
  takenAt: number | null;
}

interface StillWish {
  /** Not before this moment, as long as there is time to wait for it. Server time, ms. */
  from: number;
  withinMs: number;
}

/** How often it is looked whether the picture has come, ms. */
const lookEveryMs = 200;
const quality = 0.85;

/** The picture of a camera at a moment, as large as the camera sends it; null: there is none to be had in this time. */
export async function takeStill(path: string, wish: StillWish): Promise<Still | null> {
  const { default: Player } = await import('hls.js/light');
  if (!Player.isSupported()) return null;
  const video = document.createElement('video');
  Object.assign(video, { muted: true, playsInline: true });
  const hls = new Player({ enableWorker: false, liveSyncDurationCount: 2, maxBufferLength: 10 });
  let isLost = false;
  hls.on(Player.Events.ERROR, (_event, { fatal }) => {
    isLost ||= fatal;
  });
  hls.on(Player.Events.MANIFEST_PARSED, () => video.play().catch(() => {}));
  hls.loadSource(path);
  hls.attachMedia(video);
  try {
    await reached({ hls, video, wish, isLost: () => isLost });
    return await drawn(video, hls.playingDate);
  } finally {
    hls.destroy();
  }
}

interface Playing {
  hls: Hls;
  video: HTMLVideoElement;
  wish: StillWish;
  isLost: () => boolean;
}

async function reached({ hls, video, wish: { from, withinMs }, isLost }: Playing): Promise<void> {
  const until = Date.now() + withinMs;
  while (Date.now() < until && !isLost()) {
    const takenAt = hls.playingDate?.getTime() ?? from;
    if (hasPicture(video) && takenAt >= from) return;
    await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
  }
}

const hasPicture = ({ readyState }: HTMLVideoElement) => readyState >= HTMLMediaElement.HAVE_CURRENT_DATA;

async function drawn(video: HTMLVideoElement, takenAt: Date | null): Promise<Still | null> {
  if (!hasPicture(video)) return null;
  const canvas = document.createElement('canvas');
  Object.assign(canvas, { width: video.videoWidth, height: video.videoHeight });
  canvas.getContext('2d')?.drawImage(video, 0, 0);
  const bytes = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', quality));
  return bytes && { bytes, takenAt: takenAt?.getTime() ?? null };
}
