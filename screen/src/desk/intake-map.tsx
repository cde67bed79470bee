import type { FoundPlace } from '@fenghuo/contracts/intake.ts';
import { useEffect, useRef, useState } from 'react';
import { useLanguage } from '../i18n/language.ts';
import { PickMap } from '../map/pick-map.ts';
import { useMapData } from '../map/use-map-data.ts';
import type { World } from '../state/world.ts';
import '../map/place-map.css';
import { placeAtPoint } from './intake-point.ts';

interface IntakeMapProps {
  world: World;
  place: FoundPlace | null;
  choose: (place: FoundPlace) => void;
}

/** Where the chosen place lies; a click names another. Opened by hand: without a graphics card it costs who types dearly. A browser that cannot draw it goes without. */
export function IntakeMap({ world, place, choose }: IntakeMapProps) {
  const { t } = useLanguage();
  const container = useRef<HTMLDivElement>(null);
  const [map, setMap] = useState<PickMap | null>(null);
  const { data } = useMapData(0);
  const { bounds } = world.county;
  const picked = useRef(choose);
  picked.current = choose;
  useEffect(() => {
    if (data === null || container.current === null) return;
    let made: PickMap | null = null;
    try {
      made = new PickMap({
        ...{ container: container.current, data, bounds },
        picked: (lon, lat) => picked.current(placeAtPoint(lon, lat)),
      });
    } catch {
      return;
    }
    setMap(made);
    return () => {
      setMap(null);
      made?.stop();
    };
  }, [data, bounds]);
  useEffect(() => {
    const located = place !== null && place.lon !== null && place.lat !== null;
    map?.show(located ? { lon: place.lon!, lat: place.lat! } : null);
  }, [map, place]);
  return (
    <section
      className="intake-map"
      aria-label={t('intake.map')}
      data-map={map === null ? undefined : 'ready'}
    >
      <div ref={container} />
    </section>
  );
}
