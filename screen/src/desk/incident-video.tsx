import type { CaseEvidence } from '@fenghuo/contracts/case.ts';
import { useMemo, useState } from 'react';
import { useLanguage } from '../i18n/language.ts';
import type { OpenIncident } from '../state/open-incidents.ts';
import { CameraTile } from '../video/camera-tile.tsx';
import { chooseCameras, type ShownCamera } from '../video/choose-cameras.ts';
import { placeOf, useNearCameras } from '../video/use-cameras.ts';
import { IncidentStills } from './evidence/incident-stills.tsx';
import { TakeStill } from './evidence/take-still-button.tsx';
import '../video/video.css';

/** Pictures beside each other at the desk, and cameras to choose from. */
const tiles = 2;
const offered = 8;

interface IncidentVideoProps {
  open: OpenIncident;
  evidence: readonly CaseEvidence[];
}

/** The cameras that look at an incident: the two best, or those that were pinned, and the others by name. */
export function IncidentVideo({ open, evidence }: IncidentVideoProps) {
  const { t } = useLanguage();
  const [pins, setPins] = useState<readonly string[]>([]);
  const near = useNearCameras(placeOf(open), offered);
  const cameras = useMemo(() => {
    const pinned = (near ?? []).filter(({ id }) => pins.includes(id));
    return chooseCameras(near ?? [], pinned, offered);
  }, [near, pins]);
  if (near === null) return null;
  if (cameras.length === 0) return <p className="quiet-words">{t('video.none')}</p>;
  const toggle = (id: string) =>
    setPins((before) =>
      before.includes(id) ? before.filter((one) => one !== id) : [id, ...before].slice(0, tiles),
    );
  return (
    <section className="desk-block incident-video">
      <h3>{t('video.title')}</h3>
      <div className="incident-video-tiles">
        {cameras.slice(0, tiles).map((camera) => (
          <CameraTile key={camera.id} camera={camera} number={null} pinned={pins.includes(camera.id)} />
        ))}
      </div>
      <TakeStill incident={open.incident} cameras={cameras.slice(0, tiles)} />
      <IncidentStills incident={open.incident} evidence={evidence} cameras={near} />
      <CameraChoice cameras={cameras} pins={pins} toggle={toggle} />
    </section>
  );
}

interface CameraChoiceProps {
  cameras: readonly ShownCamera[];
  pins: readonly string[];
  toggle: (id: string) => void;
}

/** Pins a camera, or lets it go. */
function CameraChoice({ cameras, pins, toggle }: CameraChoiceProps) {
  const { t } = useLanguage();
  return (
    <p className="camera-choice">
      <span className="quiet-words">{t('video.pin')}</span>
      {cameras.map(({ id, code, toPlace }) => (
        <button
          key={id}
          type="button"
          className="button"
          aria-pressed={pins.includes(id)}
          onClick={() => toggle(id)}
        >
          {code}
          {toPlace !== null && (
            <span className="quiet-words"> {t('video.metres', { metres: Math.round(toPlace.metres) })}</span>
          )}
        </button>
      ))}
    </p>
  );
}
