import { useEffect, useMemo, useRef, useState } from 'react';
import { useLanguage } from '../i18n/language.ts';
import type { Folding } from '../state/folding.ts';
import type { World } from '../state/world.ts';
import { serverNow } from '../ui/now.ts';
import { useUnitWords } from '../ui/unit-words.ts';
import { CountyMap } from './county-map.ts';
import type { MapData } from './map-data.ts';
import { foldedPlaces, mapIncidents, mapNames } from './scene.ts';
import { useLook } from './use-look.ts';
import './map.css';

interface MapViewProps {
  world: World;
  data: MapData;
  folding: Folding;
  /** What is shown is no longer the present: no colour, no call. */
  stale: boolean;
}

/** The map with its alarms. Everything on it is also said in a list for those who cannot see it. */
export function MapView({ world, data, folding, stale }: MapViewProps) {
  const { t, language, say } = useLanguage();
  const units = useUnitWords();
  const container = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [map, setMap] = useState<CountyMap | 'impossible' | null>(null);
  const first = useRef({ data, bounds: world.county.bounds });

  useEffect(() => {
    if (container.current === null || canvas.current === null) return;
    const made = makeMap(container.current, canvas.current, first.current);
    setMap(made ?? 'impossible');
    return () => {
      setMap(null);
      made?.stop();
      delete document.documentElement.dataset.map;
    };
  }, []);

  useEffect(() => {
    if (map === null || map === 'impossible' || data === first.current.data) return;
    first.current.data = data;
    map.setPoints(data.points);
  }, [map, data]);

  const incidents = useMemo(() => mapIncidents(folding.shown, say), [folding, say]);
  const folded = useMemo(() => foldedPlaces(folding.folded), [folding]);
  const names = useMemo(
    () => mapNames(world.places, data.base.neighbours, language),
    [world.places, data, language],
  );
  useEffect(() => {
    if (map === null || map === 'impossible') return;
    map.show({ incidents, folded, names, stale, words: { drill: t('wall.drill'), units } });
  }, [map, incidents, folded, names, stale, t, units]);

  const look = useLook(incidents);
  useEffect(() => {
    if (map !== null && map !== 'impossible') map.look(look);
  }, [map, look]);

  return (
    <section className="map" aria-label={t('map.label')}>
      <div className="map-base" ref={container} />
      <canvas className="map-overlay" ref={canvas} />
      {map === 'impossible' ? (
        <p className="map-failed">{t('map.failedGl')}</p>
      ) : (
        <p className="map-note">{t('map.schematic')}</p>
      )}
      <ul className="visually-hidden" aria-label={t('map.marks')}>
        {incidents.map((incident) => (
          <li key={incident.id} data-mark={incident.id} data-severity={incident.severity}>
            {t(`severityLong.${incident.severity}`)} {incident.place}
          </li>
        ))}
      </ul>
    </section>
  );
}

function makeMap(
  container: HTMLElement,
  canvas: HTMLCanvasElement,
  { data, bounds }: { data: MapData; bounds: World['county']['bounds'] },
): CountyMap | null {
  try {
    const ready = () => {
      document.documentElement.dataset.map = 'ready';
    };
    const map = new CountyMap({ container, canvas, data, bounds, now: serverNow, ready });
    map.start();
    return map;
  } catch {
    return null;
  }
}
