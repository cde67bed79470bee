import type { AlarmLine } from '@fenghuo/contracts/desk.ts';
import { isReport } from '@fenghuo/contracts/words.ts';
import { useLanguage } from '../../i18n/language.ts';
import type { Listed } from '../../state/open-list.ts';
import { useCountyTime } from '../../ui/county-time.ts';
import { DeadlineRing } from '../../ui/deadline-ring.tsx';
import { ageText } from '../../ui/durations.ts';
import { floorName } from '../../ui/floors-text.ts';
import { useNow } from '../../ui/now.ts';
import { SeverityMark } from '../../ui/severity-mark.tsx';
import { useStepWords } from '../../ui/step-words.ts';
import { useUnitWords } from '../../ui/unit-words.ts';

interface IncidentRowProps {
  listed: Listed;
  chosen: boolean;
  /** It is over, and stands here only until the hand has left the list. */
  ended: boolean;
  choose: () => void;
}

/** An incident in the list: what, where, whether somebody has seen it, who has it, how old and how late. */
export function IncidentRow({ listed, chosen, ended, choose }: IncidentRowProps) {
  const { t, say } = useLanguage();
  const words = useStepWords();
  const units = useUnitWords();
  const now = useNow();
  const { incident, ticket, unacknowledged, alarms } = listed;
  const drill = incident.run !== null;
  return (
    <button type="button" className="desk-row" aria-pressed={chosen} onClick={choose} disabled={ended}>
      <SeverityMark severity={incident.severity} drill={drill} />
      <span className="desk-row-words">
        <span className="desk-row-place">{say(incident.place)}</span>
        <span className="quiet-words">
          {ended && <strong>{t('list.ended')}</strong>}
          {drill && <span className="drill-tag">{t('wall.drill')}</span>}
          {unacknowledged && !ended && <strong>{t('wall.unacknowledged')}</strong>}
          <span>{say(incident.title)}</span>
          {alarms.length > 1 && <span>{t('list.alarms', { count: alarms.length })}</span>}
          {ticket !== null && (
            <span>{`${words.step(ticket, ticket.step, ticket.stage)} · ${say(ticket.holderName)}`}</span>
          )}
        </span>
      </span>
      <span className="desk-row-times">
        <time>{ageText(now - incident.openedAt, units)}</time>
        {ticket?.due && !ended && <DeadlineRing due={ticket.due} inside={false} />}
      </span>
    </button>
  );
}

interface AlarmRowProps {
  alarm: AlarmLine;
  choose: () => void;
}

/** An alarm below its incident. */
export function AlarmRow({ alarm, choose }: AlarmRowProps) {
  const { t, say } = useLanguage();
  const time = useCountyTime();
  const where = [
    alarm.floor === null ? '' : t('desk.floor', { floor: floorName(alarm.floor) }),
    alarm.room ?? '',
    isReport(alarm.kind) ? '' : alarm.device,
  ];
  return (
    <button type="button" className="desk-row desk-alarm-row" tabIndex={-1} onClick={choose}>
      <SeverityMark severity={alarm.severity} drill={alarm.run !== null} />
      <span className="desk-alarm-words">
        {say(alarm.title)} <span>{where.filter((part) => part !== '').join(' · ')}</span>
      </span>
      <span className="desk-alarm-state">
        {t(`alarmState.${alarm.state}`)} <time>{time.hourMinute(alarm.raisedAt)}</time>
      </span>
    </button>
  );
}
