import { useEffect, useRef, useState } from 'react';
import { useLanguage } from '../i18n/language.ts';
import type { World } from '../state/world.ts';
import { PickMap } from './pick-map.ts';
import { useMapData } from './use-map-data.ts';
import './place-map.css';

interface PlaceMapProps {
  world: World;
  lon: number;
  lat: number;
}

/** A small map with one place marked on it. A browser that cannot draw it says so. */
export function PlaceMap({ world, lon, lat }: PlaceMapProps) {
  const { t } = useLanguage();
  const container = useRef<HTMLDivElement>(null);
  const [map, setMap] = useState<PickMap | 'impossible' | null>(null);
  const { data } = useMapData(0);
  const { bounds } = world.county;
  useEffect(() => {
    if (data === null || container.current === null) return;
    let made: PickMap;
    try {
      made = new PickMap({ container: container.current, data, bounds, picked: () => {} });
    } catch {
      setMap('impossible');
      return;
    }
    setMap(made);
    return () => {
      setMap(null);
      made.stop();
    };
  }, [data, bounds]);
  useEffect(() => {
    if (map !== null && map !== 'impossible') map.show({ lon, lat });
  }, [map, lon, lat]);
  if (map === 'impossible') return <p className="quiet-words">{t('map.failedGl')}</p>;
  return (
    <section className="place-map" aria-label={t('place.map')} data-map={map === null ? undefined : 'ready'}>
      <div ref={container} />
    </section>
  );
}
