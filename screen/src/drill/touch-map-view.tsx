import type { DrillScenario } from '@fenghuo/contracts/drills.ts';
import type { Words } from '@fenghuo/contracts/words.ts';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useLanguage } from '../i18n/language.ts';
import { useMapData } from '../map/use-map-data.ts';
import type { World } from '../state/world.ts';
import { TouchMap } from './touch-map.ts';
import 'maplibre-gl/dist/maplibre-gl.css';

interface TouchMapViewProps {
  world: World;
  scenario: DrillScenario | null;
}

/** What a scenario will touch, before anybody starts it. A browser that cannot draw it goes without. */
export function TouchMapView({ world, scenario }: TouchMapViewProps) {
  const { t, say } = useLanguage();
  const container = useRef<HTMLDivElement>(null);
  const [map, setMap] = useState<TouchMap | null>(null);
  const { data } = useMapData(0);
  const { bounds } = world.county;
  useEffect(() => {
    if (data === null || container.current === null) return;
    let made: TouchMap | null = null;
    try {
      made = new TouchMap({ container: container.current, data, bounds });
    } catch {
      return;
    }
    setMap(made);
    return () => {
      setMap(null);
      made?.stop();
    };
  }, [data, bounds]);
  const areas = useMemo(() => new Map(world.places.map((place) => [place.code, place])), [world.places]);
  const touched = useMemo(() => {
    if (scenario === null) return null;
    const nameOf = (area: string, building: Words) =>
      [areas.get(area.slice(0, 9))?.name, building]
        .flatMap((name) => name ?? [])
        .map(say)
        .join(' · ');
    const places = scenario.places.map(({ lon, lat, area, name }) => ({
      lon,
      lat,
      name: nameOf(area, name),
    }));
    return { points: scenario.points, places };
  }, [scenario, areas, say]);
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
