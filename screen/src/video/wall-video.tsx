import { type CameraScan, cameraStates } from '@fenghuo/contracts/cameras.ts';
import { useEffect, useMemo, useState } from 'react';
import { useLanguage } from '../i18n/language.ts';
import { useMapFirst } from '../map/map-first.ts';
import { useQueryValue } from '../route.ts';
import type { OpenIncident } from '../state/open-incidents.ts';
import { useStation } from '../state/station.ts';
import type { World } from '../state/world.ts';
import { useNow } from '../ui/now.ts';
import { CameraTiles } from './camera-tiles.tsx';
import { chooseCameras } from './choose-cameras.ts';
import { decodersHere } from './decoder-pool.ts';
import { useMapVideo } from './map-video.ts';
import { mosaicPlayers } from './mosaic-hands.ts';
import { patrolStops, stopNow, usualPaceMs } from './patrol.ts';
import { placeOf, useNearCameras, usePinnedCameras } from './use-cameras.ts';
import { useScan } from './use-scan.ts';

/** Most tiles on a wall: more are not looked at beside a map. */
const mostTiles = Math.min(6, decodersHere);
/** While the scan takes its pictures, two at a time, the patrol leaves it their decoders. */
const mostOnPatrol = Math.max(2, Math.min(4, decodersHere - mosaicPlayers));

interface WallVideoProps {
  world: World;
  /** The gravest open incident; undefined: the wall is quiet, and looks around. */
  lead: OpenIncident | undefined;
  /** Cameras that a desk wants to see; none: those of the wall's address. */
  pins: readonly string[];
}

/** The cameras nearest to the gravest incident; on a quiet wall those of one village after the other. */
export function WallVideo({ world, lead, pins: ordered }: WallVideoProps) {
  const { t, say } = useLanguage();
  const stop = usePatrol(world, lead === undefined);
  const first = useMapFirst();
  const place = lead === undefined ? stop : placeOf(lead);
  const near = useNearCameras(first ? null : place, mostTiles);
  const ofAddress = useQueryValue('pin') ?? '';
  const pins = usePinnedCameras(ordered.length > 0 ? ordered.join(',') : ofAddress);
  const pinned = useMemo(() => new Set(pins.map(({ id }) => id)), [pins]);
  const patrol = lead === undefined;
  const most = patrol ? mostOnPatrol : mostTiles;
  const cameras = useMemo(() => chooseCameras(near ?? [], pins, most), [near, pins, most]);
  const scan = useScan(lead === undefined && !first);
  const [lon, lat] = [place?.lon, place?.lat];
  const centre = useMemo(() => (lon === undefined || lat === undefined ? null : { lon, lat }), [lon, lat]);
  useEffect(() => useMapVideo.setState({ sweeps: scan !== null && lead === undefined }), [scan, lead]);
  if (cameras.length === 0) return null;
  return (
    <section className="wall-video" aria-label={t('video.title')}>
      {lead === undefined && (
        <p className="wall-video-title">
          {stop !== null && <strong>{t('video.patrol', { place: say(stop.name) })}</strong>}
          {scan !== null && <ScanWords scan={scan} />}
        </p>
      )}
      <CameraTiles {...{ centre, cameras, pinned, patrol }} />
    </section>
  );
}

const scanned = cameraStates.filter((state) => state !== 'unchecked');

/** How many cameras the scan found in each state; what is none is left out. */
function ScanWords({ scan }: { scan: CameraScan }) {
  const { t } = useLanguage();
  const found = scanned.filter((state) => scan.states[state] > 0);
  return (
    <span className="scan-words">
      {t('video.scan', { share: Math.floor(scan.progress * 100) })}
      {found.map((state) => (
        <span key={state}>
          {t(`video.state.${state}`)} {scan.states[state].toLocaleString('en')}
        </span>
      ))}
    </span>
  );
}

/** Where the patrol is, and where it was while the wall is not of the present; `?patrol=` in the wall's address sets its pace in seconds, 0 keeps it at home. */
function usePatrol(world: World, on: boolean) {
  const asked = Number(useQueryValue('patrol') ?? usualPaceMs / 1_000);
  const stops = useMemo(
    () => patrolStops(world.places, world.county.code),
    [world.places, world.county.code],
  );
  const now = useNow();
  const isLive = useStation((station) => station.status === 'live');
  const next = on && asked > 0 ? stopNow(stops, now, asked * 1_000) : null;
  const [stop, setStop] = useState(next);
  const held = isLive || !on ? next : stop;
  if (held !== stop) setStop(held);
  return held;
}
