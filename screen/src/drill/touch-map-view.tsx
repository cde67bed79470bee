import { useEffect, useRef, useState } from 'react';
import { useLanguage } from '../i18n/language.ts';
import { useMapData } from '../map/use-map-data.ts';
import type { World } from '../state/world.ts';
import { type Touched, TouchMap } from './touch-map.ts';
import 'maplibre-gl/dist/maplibre-gl.css';

/** What a scenario will touch, before anybody starts it. A browser that cannot draw it goes without. */
export function TouchMapView({ world, touched }: { world: World; touched: Touched | null }) {
  const { t } = useLanguage();
  const container = useRef<HTMLDivElement>(null);
  const [map, setMap] = useState<TouchMap | null>(null);
  const { data } = useMapData(0);
  const { bounds } = world.county;
  useEffect(() => {
    if (data === null || container.current === null) return;
    let made: TouchMap | null = null;
    try {
      made = new TouchMap({ container: container.current, base: data.base, bounds });
    } catch {
      return;
    }
    setMap(made);
    return () => {
      setMap(null);
      made?.stop();
    };
  }, [data, bounds]);
  useEffect(() => map?.show(touched), [map, touched]);
  return (
    <section className="drill-map" aria-label={t('drill.map')} data-map={map === null ? undefined : 'ready'}>
      <div ref={container} />
      {touched !== null && (
        <p className="drill-map-words">
          {t('drill.touches', { places: touched.places.length, devices: touched.points.length })}
        </p>
      )}
    </section>
  );
}
