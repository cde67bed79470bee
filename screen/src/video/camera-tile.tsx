import { useLayoutEffect, useRef, useState } from 'react';
import { useLanguage } from '../i18n/language.ts';
import { useCountyTime } from '../ui/county-time.ts';
import { secondsOrAge } from '../ui/durations.ts';
import { serverNow } from '../ui/now.ts';
import { useUnitWords } from '../ui/unit-words.ts';
import { useCameraWords } from './camera-words.ts';
import type { ShownCamera } from './choose-cameras.ts';
import { useDecoder } from './decoder-pool.ts';
import type { PictureTelling } from './picture-state.ts';
import { useLivePicture } from './use-live-picture.ts';

interface CameraTileProps {
  camera: ShownCamera;
  /** Which of the views on the map it is; null: it is not on a map. */
  number: number | null;
  pinned: boolean;
  /** It looks around, and not at a scene. */
  patrol?: boolean;
}

/** A camera's picture with its place, its name, and in words whether this is the present and how old it is. */
export function CameraTile({ camera, number, pinned, patrol = false }: CameraTileProps) {
  const { t } = useLanguage();
  const words = useCameraWords(camera, patrol);
  const picture = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const decoded = useDecoder(camera.id, useArea(picture));
  const telling = useLivePicture({ canvas, path: camera.live, decoded });
  return (
    <figure className="camera-tile" data-camera={camera.id} data-picture={telling.state}>
      <figcaption className="camera-tile-head">
        {number !== null && <span className="camera-tile-number">{number}</span>}
        <span className="camera-tile-code">{camera.code}</span>
        <span className="camera-tile-stands">{pinned ? t('video.pinned') : words.distance}</span>
      </figcaption>
      <div className="camera-tile-picture" ref={picture}>
        <canvas ref={canvas} />
        {words.place !== '' && <p className="camera-tile-place">{words.place}</p>}
        <PictureWords telling={telling} />
      </div>
    </figure>
  );
}

/** State and age; the time at which it was taken, where that is known. */
function PictureWords({ telling: { state, ageMs } }: { telling: PictureTelling }) {
  const { t } = useLanguage();
  const units = useUnitWords();
  const time = useCountyTime();
  return (
    <p className="picture-words" data-live={state === 'live' || undefined}>
      <strong>{t(`video.state.${state}`)}</strong>
      {ageMs !== null && (
        <span className="picture-age">{t('video.age', { age: secondsOrAge(ageMs, units) })}</span>
      )}
      {ageMs !== null && <time>{time.clock(serverNow() - ageMs)}</time>}
    </p>
  );
}

/** Of an element on the screen, in pixels. */
function useArea(element: React.RefObject<HTMLElement | null>): number {
  const [area, setArea] = useState(0);
  useLayoutEffect(() => {
    const { current } = element;
    if (current === null) return;
    const measure = () =>
      setArea(Math.round(current.clientWidth * current.clientHeight * devicePixelRatio ** 2));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(current);
    return () => observer.disconnect();
  }, [element]);
  return area;
}
