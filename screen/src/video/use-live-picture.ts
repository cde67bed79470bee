import { type RefObject, useEffect, useRef } from 'react';
import { serverNow, useNow } from '../ui/now.ts';
import { LivePlayer } from './live-player.ts';
import { noSigns, type PictureTelling, tellPicture } from './picture-state.ts';

export interface LivePictureOptions {
  video: RefObject<HTMLVideoElement | null>;
  still: RefObject<HTMLCanvasElement | null>;
  /** Of the live playlist; null: nobody connected the camera. */
  path: string | null;
  /** This tile has a decoder. */
  decoded: boolean;
}

/** Plays a camera, and tells once a second what its picture is. */
export function useLivePicture({ video, still, path, decoded }: LivePictureOptions): PictureTelling {
  useNow();
  const player = useRef<LivePlayer | null>(null);
  useEffect(() => {
    if (path === null || !decoded || video.current === null || still.current === null) return;
    const made = new LivePlayer({ video: video.current, still: still.current, path });
    player.current = made;
    made.start();
    return () => {
      player.current = null;
      made.stop();
    };
  }, [path, decoded, video, still]);
  if (path === null) return { state: 'no-source', ageMs: null };
  if (!decoded) return { state: 'waiting', ageMs: null };
  return tellPicture(player.current?.signs ?? noSigns, { now: Date.now(), serverNow: serverNow() });
}
