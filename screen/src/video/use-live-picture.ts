import { type RefObject, useEffect, useRef } from 'react';
import { isUnheard } from '../feed/freshness.ts';
import { LastOf } from '../feed/last-of.ts';
import { useStation } from '../state/station.ts';
import { serverNow, useNow } from '../ui/now.ts';
import { type LastPicture, LivePlayer } from './live-player.ts';
import { cutOff, noSigns, type PictureTelling, tellPicture } from './picture-state.ts';

export interface LivePictureOptions {
  canvas: RefObject<HTMLCanvasElement | null>;
  /** Of the live playlist; null: nobody connected the camera. */
  path: string | null;
  /** This tile has a decoder. */
  decoded: boolean;
}

/** What tiles that are gone showed last: a tile of the same camera begins with it, greyed, instead of with nothing. */
const lastPictures = new LastOf<LastPicture>(6);

/** Plays a camera, and tells once a second what its picture is. */
export function useLivePicture({ canvas, path, decoded }: LivePictureOptions): PictureTelling {
  useNow();
  const signs = useStation((station) => station.signs);
  const player = useRef<LivePlayer | null>(null);
  useEffect(() => {
    if (path === null || !decoded || canvas.current === null) return;
    const made = new LivePlayer({ canvas: canvas.current, path, last: lastPictures.get(path) });
    player.current = made;
    made.start();
    return () => {
      player.current = null;
      made.stop();
      const last = made.lastPicture();
      if (last !== null) lastPictures.set(path, last);
    };
  }, [path, decoded, canvas]);
  if (path === null) return { state: 'no-source', ageMs: null };
  if (!decoded) return { state: 'waiting', ageMs: null };
  const [now, server] = [Date.now(), serverNow()];
  const telling = tellPicture(player.current?.signs ?? noSigns, { now, serverNow: server });
  return isUnheard(signs, now) ? cutOff(telling) : telling;
}
