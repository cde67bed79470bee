import { AskedWorker } from '../ui/asked-worker.ts';

/** In how many pixels a picture is looked at. */
const look = { resizeWidth: 96, resizeHeight: 54 };

export interface LookQuestion {
  picture: ImageBitmap;
}

/** Looks at pictures beside the page's thread, all tiles by one worker. */
const looks = new AskedWorker<LookQuestion, number>(
  () => new Worker(new URL('./look-worker.ts', import.meta.url), { type: 'module' }),
);

/** The hash of what the video shows now; null when it cannot be read. Costs the page 1 ms. */
export async function hashOf(video: HTMLVideoElement): Promise<number | null> {
  const picture = await createImageBitmap(video, look).catch(() => null);
  return picture === null ? null : looks.ask({ picture }, [picture]);
}
