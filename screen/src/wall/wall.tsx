import { lazy, type ReactNode, Suspense, useLayoutEffect, useMemo } from 'react';
import { hasInside } from '../building/has-inside.ts';
import { useLanguage } from '../i18n/language.ts';
import { useKiosk } from '../kiosk/use-kiosk.ts';
import { useMapFirst } from '../map/map-first.ts';
import { type MapLoading, useMapData } from '../map/use-map-data.ts';
import { type Folding, foldLow } from '../state/folding.ts';
import { openIncidents } from '../state/open-incidents.ts';
import { useStation } from '../state/station.ts';
import type { World } from '../state/world.ts';
import { Chain } from './chain.tsx';
import { Changing } from './changing.tsx';
import { Composition } from './composition.tsx';
import { Course } from './course.tsx';
import { Figures } from './figures.tsx';
import { FoldLine } from './fold-line.tsx';
import { IncidentList } from './incident-list.tsx';
import { bodyOf, calmUpTo, type Layout, type Part, shadeOf } from './layouts.ts';
import { LeadCard, type LeadSize } from './lead-card.tsx';
import { Loading, MapProgress } from './loading.tsx';
import { OrderStrip } from './order-strip.tsx';
import { type OrdersInForce, useOrdersInForce, withFocus } from './orders-in-force.ts';
import { Seats } from './seats.tsx';
import { useSound } from './sound/use-sound.ts';
import { TopBar } from './top-bar.tsx';
import { Townships } from './townships.tsx';
import { useIndexValues } from './use-index-values.ts';
import { useLayout, useMode } from './use-layout.ts';
import { useShading } from './use-shading.ts';
import { useTellShowing } from './use-tell-showing.ts';
import { WarChain } from './war-chain.tsx';
import './wall.css';
import './composition.css';
import './lead.css';
import './incidents.css';
import './chain.css';
import './figures.css';

const BuildingView = lazy(() =>
  import('../building/building-view.tsx').then((module) => ({ default: module.BuildingView })),
);
const WallVideo = lazy(() =>
  import('../video/wall-video.tsx').then((module) => ({ default: module.WallVideo })),
);
const ScanMosaic = lazy(() =>
  import('../video/scan-mosaic.tsx').then((module) => ({ default: module.ScanMosaic })),
);
const MapView = lazy(() => import('../map/map-view.tsx').then((module) => ({ default: module.MapView })));
/** Comes beside the data that it draws, and not after it. */
void import('../map/map-view.tsx').catch(() => {});

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
  return world === null ? <Loading arrived={map.arrived} /> : <Room world={world} map={map} />;
}

function Room({ world, map }: { world: World; map: MapLoading }) {
  const { t } = useLanguage();
  const status = useStation((station) => station.status);
  const pulse = useStation((station) => station.pulse);
  const orders = useOrdersInForce();
  const folding = useMemo(() => {
    const folded = foldLow(openIncidents(world), world.floods.values());
    return { ...folded, shown: withFocus(folded.shown, orders.look) };
  }, [world, orders.look]);
  const mode = useMode(folding.shown, orders.mode);
  const layout = useLayout(mode);
  const sound = useSound(folding.shown, { muted: orders.mute !== null, live: status === 'live' });
  const stale = status === 'live' ? '' : 'stale';
  const drill = [...world.drills.values()].find((one) => one.endedAt === null);
  useTellShowing({ layout, sound, lead: folding.shown[0] });
  return (
    <main
      className="wall"
      data-layout={layout.name}
      data-mode={mode}
      data-status={status}
      data-drill={drill !== undefined || undefined}
    >
      <TopBar world={world} drill={drill} mode={mode} sound={sound} orders={orders} />
      <Composition
        body={bodyOf(layout, folding.shown.length)}
        calm={folding.shown.length <= calmUpTo}
        className={stale}
        parts={useParts({ world, map, folding, orders, layout, stale: stale !== '' })}
      />
      <Figures pulse={pulse} county={world.county} stale={stale} />
      {drill !== undefined && (
        <div className="drill-watermark" aria-hidden="true">
          {t('wall.drill')}
        </div>
      )}
    </main>
  );
}

interface PartsOptions {
  layout: Layout;
  world: World;
  map: MapLoading;
  folding: Folding;
  orders: OrdersInForce;
  stale: boolean;
}

/** The more incidents wait below, the fewer reasons of the gravest are shown: the newest say the most. */
const reasonsBeside = (others: number) => (others > 6 ? 1 : others > 3 ? 2 : 3);

/** The widest wall is the smallest from afar, and a calm one has room: there the gravest is told in three lines. */
function leadSize({ name, mode }: Layout, others: number): LeadSize {
  if (name === 'panorama' || (name === 'broad' && others < calmUpTo)) return 'tall';
  if (mode === 'wartime') return 'grown';
  return others > 6 ? 'tight' : 'ample';
}

/** What each part of the wall shows now; null: nothing. */
function useParts({ world, map, folding, orders, layout, stale }: PartsOptions): Record<Part, ReactNode> {
  const index = useIndexValues();
  const shade = shadeOf(layout, folding.shown.length, orders.shade);
  const shading = useShading(shade, { points: map.data?.points ?? null, index });
  const mapFirst = useMapFirst();
  const [lead, ...others] = folding.shown;
  const inFlood = folding.floods.length > 0;
  const size = leadSize(layout, others.length);
  return {
    quiet: lead === undefined ? <Quiet folding={folding} /> : null,
    lead:
      lead === undefined ? null : <LeadCard open={lead} reasons={reasonsBeside(others.length)} size={size} />,
    course:
      lead !== undefined && (others.length === 0 || layout.course === 'always') ? (
        <Course open={lead} world={world} />
      ) : null,
    list:
      lead !== undefined && (others.length > 0 || inFlood) ? (
        <IncidentList open={others} folding={folding} />
      ) : null,
    map: (
      <>
        <OrderStrip orders={orders} world={world} />
        <Suspense fallback={<MapWaiting map={map} />}>
          {map.data === null ? (
            <MapWaiting map={map} />
          ) : (
            <MapView
              {...{ world, folding, shading, stale }}
              follows={layout.mode === 'everyday'}
              data={map.data}
              ordered={orders.look}
            />
          )}
        </Suspense>
      </>
    ),
    building: hasInside(lead) ? (
      <Suspense fallback={null}>{!mapFirst && <BuildingView open={lead!} stale={stale} />}</Suspense>
    ) : null,
    video: (
      <Suspense fallback={null}>
        <WallVideo world={world} lead={lead} pins={orders.cameras} />
      </Suspense>
    ),
    mosaic:
      lead === undefined ? (
        <Suspense fallback={null}>
          <ScanMosaic />
        </Suspense>
      ) : null,
    chain: <Chain world={world} />,
    teams: <WarChain world={world} />,
    seats: <Seats />,
    townships: <Townships world={world} index={index} />,
  };
}

function MapWaiting({ map }: { map: MapLoading }) {
  return (
    <section className="map map-waiting">
      <MapProgress arrived={map.arrived} failed={map.failed} />
    </section>
  );
}

function Quiet({ folding }: { folding: Folding }) {
  const { t } = useLanguage();
  const pulse = useStation((station) => station.pulse);
  if (folding.floods.length > 0)
    return (
      <div className="quiet">
        <p className="quiet-title">{t('wall.quietInFlood')}</p>
        <FoldLine folding={folding} />
      </div>
    );
  return (
    <div className="quiet">
      <p className="quiet-title">{t('wall.quiet')}</p>
      {pulse !== null && (
        <p className="quiet-hint">
          <Changing
            value={t('wall.quietHint', {
              online: (pulse.detectorsOnline + pulse.camerasOnline).toLocaleString('en'),
              closed: pulse.ticketsClosedToday,
            })}
          />
        </p>
      )}
    </div>
  );
}
