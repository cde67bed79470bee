import { useLanguage } from '../i18n/language.ts';
import { useStation } from '../state/station.ts';
import { secondsOrAge } from '../ui/durations.ts';
import { useDataAge } from '../ui/now.ts';
import { useUnitWords } from '../ui/unit-words.ts';

/** How old a part is, beside it, while the wall is not of the present. */
export function StaleAge() {
  const { t } = useLanguage();
  const units = useUnitWords();
  const isLive = useStation((station) => station.status === 'live');
  const ageMs = useDataAge();
  return isLive ? null : (
    <span className="stale-age">{t('video.age', { age: secondsOrAge(ageMs, units) })}</span>
  );
}
