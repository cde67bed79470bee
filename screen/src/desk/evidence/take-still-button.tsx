import type { IncidentRecord } from '@fenghuo/contracts/records.ts';
import { useState } from 'react';
import { useLanguage } from '../../i18n/language.ts';
import { useMay } from '../../state/session.ts';
import { serverNow } from '../../ui/now.ts';
import { newCommandId } from '../act.ts';
import { keepStill } from './keep-still.ts';
import { useStillWords } from './use-still-words.ts';

interface TakeStillProps {
  incident: IncidentRecord;
  /** Those whose pictures are shown. */
  cameras: readonly { id: string; code: string; live: string | null }[];
}

/** Keeps what a camera shows now in the case, as often as somebody thinks it worth it. */
export function TakeStill({ incident, cameras }: TakeStillProps) {
  const { t } = useLanguage();
  const may = useMay();
  const say = useStillWords();
  const [state, setState] = useState<'idle' | 'taking' | 'none'>('idle');
  if (!may('add-evidence')) return null;
  const take = async (camera: { id: string; code: string; live: string }) => {
    setState('taking');
    const kept = await keepStill({
      ...{ incident, camera, say },
      id: newCommandId(),
      from: serverNow() - presentMs,
    }).catch(() => null);
    setState(kept?.state === 'done' ? 'idle' : 'none');
  };
  return (
    <p className="camera-choice">
      <span className="quiet-words" role="status">
        {state === 'taking'
          ? t('desk.sending')
          : state === 'none'
            ? t('evidence.noPicture')
            : t('evidence.take')}
      </span>
      {cameras.map(({ live, ...camera }) => (
        <button
          key={camera.id}
          type="button"
          className="button"
          data-take={camera.id}
          disabled={live === null || state === 'taking'}
          onClick={() => live !== null && void take({ ...camera, live })}
        >
          {camera.code}
        </button>
      ))}
    </p>
  );
}

/** The newest picture that a live stream has is as old as this, ms. */
const presentMs = 6_000;
