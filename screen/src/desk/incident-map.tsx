import { lazy, Suspense, useState } from 'react';
import { useLanguage } from '../i18n/language.ts';
import { useStation } from '../state/station.ts';
import { drawsWithoutCard } from '../video/graphics-card.ts';

const PlaceMap = lazy(() => import('../map/place-map.tsx').then((module) => ({ default: module.PlaceMap })));

const rememberedAs = 'fenghuo.desk-map';

/** Open or shut as somebody left it; before that shut without a graphics card, where it costs who works by keys dearly. */
function isOpenAtFirst(): boolean {
  const kept = localStorage.getItem(rememberedAs);
  return kept === null ? !drawsWithoutCard() : kept === 'open';
}

/** Where it is on the map. */
export function IncidentMap({ lon, lat }: { lon: number | null; lat: number | null }) {
  const { t } = useLanguage();
  const world = useStation((station) => station.world);
  const [open, setOpen] = useState(isOpenAtFirst);
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
