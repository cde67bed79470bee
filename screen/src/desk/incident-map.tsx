import { lazy, Suspense, useState } from 'react';
import { useLanguage } from '../i18n/language.ts';
import { useStation } from '../state/station.ts';

const PlaceMap = lazy(() => import('../map/place-map.tsx').then((module) => ({ default: module.PlaceMap })));

const rememberedAs = 'fenghuo.desk-map';

/** Where it is on the map. Shut until somebody opens it, and that is kept: without a graphics card it costs who works by keys dearly. */
export function IncidentMap({ lon, lat }: { lon: number | null; lat: number | null }) {
  const { t } = useLanguage();
  const world = useStation((station) => station.world);
  const [open, setOpen] = useState(() => localStorage.getItem(rememberedAs) === 'open');
  if (lon === null || lat === null || world === null)
    return <p className="desk-block quiet-words">{t('place.unlocated')}</p>;
  const toggle = (isOpen: boolean) => {
    localStorage.setItem(rememberedAs, isOpen ? 'open' : 'shut');
    setOpen(isOpen);
  };
  return (
    <details className="desk-block" open={open} onToggle={(event) => toggle(event.currentTarget.open)}>
      <summary>{t('place.map')}</summary>
      {open && (
        <Suspense fallback={<p className="quiet-words">{t('map.loading')}</p>}>
          <PlaceMap world={world} lon={lon} lat={lat} />
        </Suspense>
      )}
    </details>
  );
}
