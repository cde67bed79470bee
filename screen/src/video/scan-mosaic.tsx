import { latestCameras, mostLatest } from '@fenghuo/contracts/cameras.ts';
import { useEffect, useRef, useState } from 'react';
import { request } from '../feed/request.ts';
import { useLanguage } from '../i18n/language.ts';
import { secondsOrAge } from '../ui/durations.ts';
import { serverNow, useNow } from '../ui/now.ts';
import { useUnitWords } from '../ui/unit-words.ts';
import { useSize } from '../wall/use-size.ts';
import { fitTiles } from './fit-tiles.ts';
import { useMapVideo } from './map-video.ts';
import { MosaicHands, type MosaicPicture } from './mosaic-hands.ts';
import './mosaic.css';

/** In rem, the same as in mosaic.css. */
const cellRem = { head: 1.6, gap: 0.5, least: 8.4 };
/** How often it is asked what the scan passed, ms. */
const askEveryMs = 5_000;

/** While the county scan goes: the pictures of the cameras that it passes, each with its age; as many as there is room for. */
export function ScanMosaic() {
  const { t } = useLanguage();
  const sweeps = useMapVideo((video) => video.sweeps);
  if (!sweeps) return null;
  return (
    <section className="scan-mosaic" aria-label={t('video.mosaic')}>
      <h2 className="column-title">
        {t('video.mosaic')}
        <span className="scan-mosaic-note">{t('video.mosaicNote')}</span>
      </h2>
      <Room />
    </section>
  );
}

function Room() {
  const [element, size] = useSize<HTMLDivElement>();
  const room = { width: size?.width ?? 0, height: size?.height ?? 0 };
  const { count, columns, width } = fitTiles({ ...cellRem, ...room, most: mostLatest });
  return (
    <div
      className="scan-mosaic-cells"
      ref={element}
      style={{ gridTemplateColumns: `repeat(${columns}, ${width}rem)` }}
    >
      {count > 0 && <Cells key={count} count={count} />}
    </div>
  );
}

const cellsOf = (count: number) => Array.from({ length: count }, (_, i) => i);

function Cells({ count }: { count: number }) {
  const { t } = useLanguage();
  const units = useUnitWords();
  const now = useNow();
  const canvases = useRef<(HTMLCanvasElement | null)[]>([]);
  const [pictures, setPictures] = useState<readonly MosaicPicture[]>([]);
  useEffect(() => {
    const there = canvases.current.filter((canvas) => canvas !== null);
    const hands = new MosaicHands({ canvases: there, now: serverNow, changed: setPictures });
    const ask = async () => {
      const answer = await request({ method: 'GET', path: '/cameras/scan/latest', answer: latestCameras });
      if (answer.ok) hands.pass(answer.body.cameras);
    };
    hands.start();
    void ask();
    const timer = setInterval(() => void ask(), askEveryMs);
    return () => {
      clearInterval(timer);
      hands.stop();
    };
  }, []);
  return cellsOf(count).map((i) => {
    const { card, takenAt } = pictures[i] ?? { card: null, takenAt: 0 };
    return (
      <figure className="mosaic-cell" key={i} data-camera={card?.id}>
        <canvas
          ref={(canvas) => {
            canvases.current[i] = canvas;
          }}
        />
        <figcaption>
          <span className="mosaic-code">{card?.code}</span>
          {card !== null && (
            <span>{t('video.age', { age: secondsOrAge(Math.max(0, now - takenAt), units) })}</span>
          )}
        </figcaption>
      </figure>
    );
  });
}
