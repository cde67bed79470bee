import { useLanguage } from '../i18n/language.ts';
import type { PutAside } from '../state/put-aside.ts';
import { useCountyTime } from '../ui/county-time.ts';
import { countdownText } from '../ui/durations.ts';
import { useNow } from '../ui/now.ts';
import { useUnitWords } from '../ui/unit-words.ts';

/** Until when, how long that is, who said so and why. */
export function AsideEnd({ until, by, reason }: Pick<PutAside, 'until' | 'by' | 'reason'>) {
  const { t } = useLanguage();
  const units = useUnitWords();
  const time = useCountyTime();
  const now = useNow();
  if (until === null) return null;
  return (
    <p className="quiet-words">
      <strong>
        {t('desk.until', { time: `${time.date(until)} ${time.hourMinute(until)}` })} ·{' '}
        {countdownText(until - now, units)}
      </strong>
      <span>{by}</span>
      <span>{reason}</span>
    </p>
  );
}
