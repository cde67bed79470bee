import type { AlarmRecord } from '@fenghuo/contracts/records.ts';
import { isReport } from '@fenghuo/contracts/words.ts';
import { type ReactNode, useState } from 'react';
import { useLanguage } from '../i18n/language.ts';
import { useMay } from '../state/session.ts';
import { useNameOf } from '../ui/case-names.ts';
import { useCountyTime } from '../ui/county-time.ts';
import { floorName } from '../ui/floors-text.ts';
import { SeverityMark } from '../ui/severity-mark.tsx';
import { ActNote } from './act-note.tsx';
import { AlarmActs } from './alarm-acts.tsx';
import { useAct } from './use-act.ts';

interface AlarmLineProps {
  alarm: AlarmRecord;
  /** What stands beneath, such as until when it is put aside. */
  children?: ReactNode;
}

/** One alarm, with what may be done about it. */
export function AlarmLine({ alarm, children }: AlarmLineProps) {
  const { t } = useLanguage();
  const may = useMay();
  const [more, setMore] = useState(false);
  const acting = useAct(alarm.version);
  const { shown, busy, perform } = acting;
  const deed = (act: 'acknowledge-alarm' | 'reset-alarm' | 'unshelve-alarm') =>
    void perform({ act, subject: alarm.id, expectedVersion: alarm.version });
  const mayMore = may('shelve-alarm') || may('remove-from-service') || may('acknowledge-alarm');
  return (
    <li className="alarm-line" data-alarm={alarm.id} data-severity={alarm.severity}>
      <SeverityMark severity={alarm.severity} drill={alarm.run !== null} />
      <div>
        <AlarmWords alarm={alarm} />
        {children}
        <ActNote act={shown} />
      </div>
      <div className="alarm-buttons">
        {!alarm.acknowledged && may('acknowledge-alarm') && (
          <button type="button" className="button" disabled={busy} onClick={() => deed('acknowledge-alarm')}>
            {t('desk.acknowledge')}
          </button>
        )}
        {alarm.latched && !alarm.condition && may('reset-alarm') && (
          <button type="button" className="button" disabled={busy} onClick={() => deed('reset-alarm')}>
            {t('desk.reset')}
          </button>
        )}
        {alarm.shelved && may('unshelve-alarm') && (
          <button type="button" className="button" disabled={busy} onClick={() => deed('unshelve-alarm')}>
            {t('desk.unshelve')}
          </button>
        )}
        {mayMore && (
          <button
            type="button"
            className="button button-plain"
            aria-expanded={more}
            onClick={() => setMore(!more)}
          >
            {t('desk.more')}
          </button>
        )}
      </div>
      {more && <AlarmActs alarm={alarm} acting={acting} />}
    </li>
  );
}

function AlarmWords({ alarm }: { alarm: AlarmRecord }) {
  const { t, say } = useLanguage();
  const time = useCountyTime();
  const where = [
    alarm.floor === null ? '' : t('desk.floor', { floor: floorName(alarm.floor) }),
    alarm.room ?? '',
    isReport(alarm.kind) ? '' : alarm.device,
  ];
  const nameOf = useNameOf();
  const { acknowledgedAt, acknowledgedBy, acknowledgedComment } = alarm;
  return (
    <>
      <p className="alarm-title">
        {say(alarm.title)}
        <span className="quiet-words">{where.filter((part) => part !== '').join(' · ')}</span>
        {alarm.test && <span className="drill-tag">{t('desk.test')}</span>}
      </p>
      <p className="quiet-words">
        <time>{time.clock(alarm.raisedAt)}</time>
        {alarm.value !== null && <span>{`${alarm.value} ${alarm.unit ?? ''}`}</span>}
        {alarm.chattering && <strong>{t('desk.chattering')}</strong>}
        <span>{alarm.condition ? t('desk.conditionOn') : t('desk.conditionOff')}</span>
        {alarm.latched && !alarm.condition && <span>{t('desk.latched')}</span>}
        {(acknowledgedAt === null || alarm.state !== 'acknowledged') && (
          <span>{t(`alarmState.${alarm.state}`)}</span>
        )}
        {acknowledgedAt !== null && (
          <span>
            {t('desk.acknowledged', { by: nameOf(acknowledgedBy ?? ''), time: time.clock(acknowledgedAt) })}
            {acknowledgedComment !== null && ` · ${acknowledgedComment}`}
          </span>
        )}
      </p>
    </>
  );
}
