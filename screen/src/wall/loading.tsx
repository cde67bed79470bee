import { useEffect, useState } from 'react';
import { useLanguage } from '../i18n/language.ts';
import { type MapPart, mapParts } from '../map/map-data.ts';
import { useStation } from '../state/station.ts';
import { Beacon } from '../ui/beacon.tsx';

/** A server that has said nothing for this long, in ms, is called away. */
const patienceMs = 4_000;

/** Before the first snapshot: what is being fetched, and how far it is. */
export function Loading({ arrived }: { arrived: readonly MapPart[] }) {
  const { t } = useLanguage();
  const [away, setAway] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setAway(true), patienceMs);
    return () => clearTimeout(timer);
  }, []);
  const incompatible = useStation((station) => station.incompatible);
  const hint = away ? t('wall.failedHint') : t('wall.loadingFeed');
  return (
    <main className="wall-loading">
      <Beacon />
      <h1>{away ? t('wall.failedTitle') : t('wall.loadingTitle')}</h1>
      <p>{incompatible ? t('feed.incompatible') : hint}</p>
      <MapProgress arrived={arrived} failed={false} />
    </main>
  );
}

/** The parts of the map, and which have arrived. */
export function MapProgress({ arrived, failed }: { arrived: readonly MapPart[]; failed: boolean }) {
  const { t } = useLanguage();
  const missing = mapParts.filter((part) => !arrived.includes(part)).map((part) => t(`map.${part}`));
  return (
    <div className="map-progress" role="status">
      <p>
        {failed ? t('map.failedData') : t('map.loading')} {arrived.length}/{mapParts.length}
      </p>
      <progress max={mapParts.length} value={arrived.length} aria-label={t('map.loading')} />
      <p className="map-missing">{missing.join(' · ')}</p>
    </div>
  );
}
