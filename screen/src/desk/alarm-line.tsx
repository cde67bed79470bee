import type { AlarmRecord } from '@fenghuo/contracts/records.ts';
import { useLanguage } from '../i18n/language.ts';
import { useCountyTime } from '../ui/county-time.ts';
import { SeverityMark } from '../ui/severity-mark.tsx';
import { ActNote } from './act-note.tsx';
import { useAct } from './use-act.ts';

/** One alarm of the chosen incident, with what may be done about it. */
export function AlarmLine({ alarm }: { alarm: AlarmRecord }) {
  const { t, say } = useLanguage();
  const time = useCountyTime();
  const { shown, busy, perform } = useAct(alarm.version);
  const deed = (act: 'acknowledge-alarm' | 'reset-alarm') =>
    void perform({ act, subject: alarm.id, expectedVersion: alarm.version });
  const where = [
    alarm.floor === null ? '' : t('desk.floor', { floor: alarm.floor }),
    alarm.room ?? '',
    alarm.device,
  ];
  return (
    <li className="alarm-line" data-alarm={alarm.id} data-severity={alarm.severity}>
      <SeverityMark severity={alarm.severity} drill={alarm.run !== null} />
      <div>
        <p className="alarm-title">
          {say(alarm.title)}
          <span className="quiet-words">{where.filter((part) => part !== '').join(' · ')}</span>
        </p>
        <p className="quiet-words">
          <time>{time.clock(alarm.raisedAt)}</time>
          {alarm.value !== null && <span>{`${alarm.value} ${alarm.unit ?? ''}`}</span>}
          {alarm.chattering && <strong>{t('desk.chattering')}</strong>}
          <span>{alarm.condition ? t('desk.conditionOn') : t('desk.conditionOff')}</span>
          <span>
            {alarm.acknowledged && alarm.acknowledgedAt !== null
              ? t('desk.acknowledged', {
                  by: alarm.acknowledgedBy ?? '',
                  time: time.clock(alarm.acknowledgedAt),
                })
              : t(`alarmState.${alarm.state}`)}
          </span>
        </p>
        <ActNote act={shown} />
      </div>
      {!alarm.acknowledged && (
        <button type="button" className="button" disabled={busy} onClick={() => deed('acknowledge-alarm')}>
          {t('desk.acknowledge')}
        </button>
      )}
      {alarm.acknowledged && alarm.latched && !alarm.condition && (
        <button type="button" className="button" disabled={busy} onClick={() => deed('reset-alarm')}>
          {t('desk.reset')}
        </button>
      )}
    </li>
  );
}
