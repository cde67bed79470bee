import type { AlarmRecord } from '@fenghuo/contracts/records.ts';
import { useState } from 'react';
import { useLanguage } from '../i18n/language.ts';
import { useMay } from '../state/session.ts';
import { DurationField } from './duration-field.tsx';
import { HoldForm } from './hold-form.tsx';
import { ReasonField } from './reason-field.tsx';
import type { Acting } from './use-act.ts';

/** Minutes on the shelf; the rule says how long at most. */
const shelfTimes = [15, 30, 60, 120, 240, 480];

interface AlarmActsProps {
  alarm: AlarmRecord;
  acting: Acting;
}

/** What is done to an alarm more rarely than a plain acknowledgement: with a comment, onto the shelf, out of service. */
export function AlarmActs({ alarm, acting: { busy, perform } }: AlarmActsProps) {
  const { t } = useLanguage();
  const may = useMay();
  const [reason, setReason] = useState('');
  const [minutes, setMinutes] = useState(60);
  const about = { subject: alarm.id, expectedVersion: alarm.version, reason };
  const asked = reason.trim() !== '' && !busy;
  return (
    <div className="alarm-acts">
      <div className="act-form">
        <ReasonField reason={reason} hint={t('desk.commentHint')} write={setReason} />
        <DurationField minutes={minutes} choices={shelfTimes} choose={setMinutes} />
        {!alarm.acknowledged && may('acknowledge-alarm') && (
          <button
            type="button"
            className="button"
            disabled={!asked}
            onClick={() => void perform({ act: 'acknowledge-alarm', ...about })}
          >
            {t('desk.acknowledgeWith')}
          </button>
        )}
        {!alarm.shelved && may('shelve-alarm') && (
          <button
            type="button"
            className="button"
            disabled={!asked}
            onClick={() => void perform({ act: 'shelve-alarm', ...about, minutes })}
          >
            {t('desk.shelve')}
          </button>
        )}
      </div>
      {alarm.run === null && may('remove-from-service') && (
        <>
          <h4>{t('desk.deviceService', { device: alarm.device })}</h4>
          <HoldForm device={alarm.device} building={null} />
        </>
      )}
    </div>
  );
}
