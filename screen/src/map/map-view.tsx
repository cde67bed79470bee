import type { WallLook } from '@fenghuo/contracts/wall-orders.ts';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useLanguage } from '../i18n/language.ts';
import { deviceStateTable } from '../state/device-state-table.ts';
import type { Folding } from '../state/folding.ts';
import { useStation } from '../state/station.ts';
import type { World } from '../state/world.ts';
import { serverNow } from '../ui/now.ts';
import { useUnitWords } from '../ui/unit-words.ts';
import { scanSweep, useMapVideo } from '../video/map-video.ts';
import { StaleAge } from '../wall/stale-age.tsx';
import type { AreaShading } from './area-shading.ts';
import { CountyMap, type CountyMapOptions } from './county-map.ts';
import type { MapData } from './map-data.ts';
import { letOthersDraw, tellMapDrawn } from './map-first.ts';
import { MapLegend } from './map-legend.tsx';
import { foldedPlaces, mapIncidents, mapNames, teamMarks } from './scene.ts';
import { useLook } from './use-look.ts';
import './map.css';

interface MapViewProps {
  world: World;
  data: MapData;
  folding: Folding;
  /** What the ground of townships and villages tells. */
  shading: AreaShading;
  /** By itself it goes to the gravest for a while; with many fires it stays with all of them. */
  follows: boolean;
  /** Where a desk told it to look; null: the map follows the gravest by itself. */
  ordered: WallLook | null;
  /** What is shown is no longer the present: no colour, no call. */
  stale: boolean;
}

/** The map with its alarms. Everything on it is also said in a list for those who cannot see it. */
export function MapView({ world, data, folding, shading, follows, ordered, stale }: MapViewProps) {
  const { t, language, say } = useLanguage();
  const units = useUnitWords();
  const container = useRef<HTMLDivElement>(null);
  const points = useRef<HTMLCanvasElement>(null);
  const overlay = useRef<HTMLCanvasElement>(null);
  const rings = useRef<HTMLDivElement>(null);
  const [map, setMap] = useState<CountyMap | 'impossible' | null>(null);
  const first = useRef({ data, bounds: world.county.bounds, places: world.places });

  useEffect(() => {
    const parts = partsOf(container.current, points.current, overlay.current, rings.current);
    if (parts === null) return;
    const made = makeMap(parts, first.current);
    setMap(made ?? 'impossible');
    if (made === null) letOthersDraw();
    return () => {
      setMap(null);
      made?.stop();
      tellMapDrawn(false);
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
    () => mapNames(world.places, data.base.neighbours, language, shading),
    [world.places, data, language, shading],
  );
  const video = useMapVideo();
  const moving = useStation((station) => station.teams);
  const teams = useMemo(() => teamMarks(moving, say), [moving, say]);
  useLayoutEffect(() => {
    if (map === null || map === 'impossible') return;
    map.show({ incidents, folded, names, video, teams, stale, words: { drill: t('wall.drill'), units } });
  }, [map, incidents, folded, names, video, teams, stale, t, units]);

  useEffect(() => {
    if (map !== null && map !== 'impossible') map.shade(shading, stale);
  }, [map, shading, stale]);

  const look = useLook(incidents, { ordered, follows });
  useEffect(() => {
    if (map !== null && map !== 'impossible') map.look(look);
  }, [map, look]);

  return (
    <section className="map" aria-label={t('map.label')}>
      <div className="map-ground">
        <div className="map-base" ref={container} />
        <canvas className="map-overlay map-points" ref={points} />
        <canvas className="map-overlay" ref={overlay} />
        <div className="map-rings" ref={rings} aria-hidden="true" />
        {map === 'impossible' && <p className="map-failed">{t('map.failedGl')}</p>}
      </div>
      {map !== 'impossible' && (
        <footer className="map-notes">
          {stale && <StaleAge />}
          <p>{t('map.schematic')}</p>
          <MapLegend shade={shading.shade} />
        </footer>
      )}
      <ul className="visually-hidden" aria-label={t('map.teams')}>
        {teams.map(({ id, name }) => (
          <li key={id} data-team={id}>
            {name}
          </li>
        ))}
      </ul>
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

type MapParts = Pick<CountyMapOptions, 'container' | 'points' | 'overlay' | 'rings'>;

function partsOf(
  container: HTMLElement | null,
  points: HTMLCanvasElement | null,
  overlay: HTMLCanvasElement | null,
  rings: HTMLElement | null,
): MapParts | null {
  if (container === null || points === null || overlay === null || rings === null) return null;
  return { container, points, overlay, rings };
}

function makeMap(
  parts: MapParts,
  first: Pick<CountyMapOptions, 'data' | 'bounds' | 'places'>,
): CountyMap | null {
  try {
    const map = new CountyMap({
      ...{ ...parts, ...first, ready: () => tellMapDrawn(true) },
      ...{ states: deviceStateTable, sweep: scanSweep, now: serverNow },
    });
    map.start();
    return map;
  } catch {
    return null;
  }
}
