import { lazy, Suspense, useLayoutEffect, useMemo } from 'react';
import { hasInside } from '../building/has-inside.ts';
import { useLanguage } from '../i18n/language.ts';
import { useKiosk } from '../kiosk/use-kiosk.ts';
import { useAreaHealth } from '../map/use-area-health.ts';
import { type MapLoading, useMapData } from '../map/use-map-data.ts';
import { type Folding, foldLow } from '../state/folding.ts';
import { openIncidents } from '../state/open-incidents.ts';
import { useStation } from '../state/station.ts';
import type { World } from '../state/world.ts';
import { Chain } from './chain.tsx';
import { Course } from './course.tsx';
import { Figures } from './figures.tsx';
import { FoldLine } from './fold-line.tsx';
import { IncidentList } from './incident-list.tsx';
import { type Layout, useLayout } from './layout.ts';
import { LeadCard } from './lead-card.tsx';
import { Loading, MapProgress } from './loading.tsx';
import { StaleBanner } from './stale-banner.tsx';
import { TopBar } from './top-bar.tsx';
import './wall.css';

const BuildingView = lazy(() =>
  import('../building/building-view.tsx').then((module) => ({ default: module.BuildingView })),
);
const MapView = lazy(() => import('../map/map-view.tsx').then((module) => ({ default: module.MapView })));

/** The command room's wall: read from eight metres, driven by nobody. */
export function Wall() {
  useKiosk();
  useLayoutEffect(() => {
    document.documentElement.dataset.view = 'wall';
    return () => {
      delete document.documentElement.dataset.view;
    };
  }, []);
  const world = useStation((station) => station.world);
  const directoryTurn = useStation((station) => station.directoryTurn);
  const map = useMapData(directoryTurn);
  return world === null ? <Loading arrived={map.arrived} /> : <Composition world={world} map={map} />;
}

function Composition({ world, map }: { world: World; map: MapLoading }) {
  const { t } = useLanguage();
  const layout = useLayout();
  const status = useStation((station) => station.status);
  const pulse = useStation((station) => station.pulse);
  const figures = useAreaHealth(map.data?.points ?? null);
  const stale = status === 'live' ? '' : 'stale';
  const folding = useMemo(() => foldLow(openIncidents(world), world.floods.values()), [world]);
  const drill = [...world.drills.values()].find((one) => one.endedAt === null);
  return (
    <main
      className="wall"
      data-layout={layout.name}
      data-status={status}
      data-drill={drill !== undefined || undefined}
    >
      <TopBar world={world} drill={drill} />
      <div className={`wall-body ${stale}`} style={{ gridTemplateColumns: columnsOf(layout) }}>
        <Incidents folding={folding} world={world} layout={layout} />
        <div className="wall-centre">
          <Suspense fallback={<MapWaiting map={map} />}>
            {map.data === null ? (
              <MapWaiting map={map} />
            ) : (
              <MapView
                world={world}
                data={map.data}
                folding={folding}
                figures={figures}
                stale={stale !== ''}
              />
            )}
          </Suspense>
          {hasInside(folding.shown[0]) && (
            <Suspense fallback={null}>
              <BuildingView open={folding.shown[0]!} stale={stale !== ''} />
            </Suspense>
          )}
        </div>
        <Chain world={world} />
      </div>
      <Figures pulse={pulse} county={world.county} stale={stale} />
      <StaleBanner />
      {drill !== undefined && (
        <div className="drill-watermark" aria-hidden="true">
          {t('wall.drill')}
        </div>
      )}
    </main>
  );
}

function columnsOf({ lead, list, chain, listApart }: Layout): string {
  const columns = listApart ? [lead + list] : [lead];
  return [...columns.map((rem) => `${rem}rem`), 'minmax(0, 1fr)', `${chain}rem`].join(' ');
}

function MapWaiting({ map }: { map: MapLoading }) {
  return (
    <section className="map map-waiting">
      <MapProgress arrived={map.arrived} failed={map.failed} />
    </section>
  );
}

/** The more incidents wait below, the fewer reasons of the gravest are shown: the newest say the most. */
const reasonsBeside = (others: number) => (others > 6 ? 1 : others > 3 ? 2 : 3);

interface IncidentsProps {
  folding: Folding;
  world: World;
  layout: Layout;
}

/** The gravest open incident and the others; or that there is none, save those that are told as a number. */
function Incidents({ folding, world, layout }: IncidentsProps) {
  const [lead, ...others] = folding.shown;
  const tight = !layout.listApart && others.length > 6;
  if (lead === undefined) return <Quiet folding={folding} />;
  return (
    <div className="column incidents-column" data-apart={layout.listApart || undefined}>
      <div className="lead-column" style={layout.listApart ? { width: `${layout.lead}rem` } : {}}>
        <LeadCard
          open={lead}
          width={layout.lead}
          reasons={layout.listApart ? 6 : reasonsBeside(others.length)}
          tight={tight}
        />
        {(layout.listApart || others.length === 0) && <Course open={lead} world={world} />}
      </div>
      {others.length > 0 ? <IncidentList open={others} folding={folding} /> : <FoldLine folding={folding} />}
    </div>
  );
}

function Quiet({ folding }: { folding: Folding }) {
  const { t } = useLanguage();
  const pulse = useStation((station) => station.pulse);
  if (folding.floods.length > 0)
    return (
      <div className="column quiet">
        <p className="quiet-title">{t('wall.quietInFlood')}</p>
        <FoldLine folding={folding} />
      </div>
    );
  return (
    <div className="column quiet">
      <p className="quiet-title">{t('wall.quiet')}</p>
      {pulse !== null && (
        <p className="quiet-hint">
          {t('wall.quietHint', {
            online: (pulse.detectorsOnline + pulse.camerasOnline).toLocaleString('en'),
            closed: pulse.ticketsClosedToday,
          })}
        </p>
      )}
    </div>
  );
}
