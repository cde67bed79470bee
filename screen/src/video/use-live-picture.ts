import { type RefObject, useEffect, useRef } from 'react';
import { serverNow, useNow } from '../ui/now.ts';
import { LivePlayer } from './live-player.ts';
import { noSigns, type PictureTelling, tellPicture } from './picture-state.ts';

export interface LivePictureOptions {
  canvas: RefObject<HTMLCanvasElement | null>;
  /** Of the live playlist; null: nobody connected the camera. */
  path: string | null;
  /** This tile has a decoder. */
  decoded: boolean;
}

/** Plays a camera, and tells once a second what its picture is. */
export function useLivePicture({ canvas, path, decoded }: LivePictureOptions): PictureTelling {
  useNow();
  const player = useRef<LivePlayer | null>(null);
  useEffect(() => {
    if (path === null || !decoded || canvas.current === null) return;
    const made = new LivePlayer({ canvas: canvas.current, path });
    player.current = made;
    made.start();
    return () => {
      player.current = null;
      made.stop();
    };
  }, [path, decoded, canvas]);
  if (path === null) return { state: 'no-source', ageMs: null };
  if (!decoded) return { state: 'waiting', ageMs: null };
  return tellPicture(player.current?.signs ?? noSigns, { now: Date.now(), serverNow: serverNow() });
}
