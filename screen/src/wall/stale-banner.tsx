import { useLanguage } from '../i18n/language.ts';
import { useStation } from '../state/station.ts';
import { useCountyTime } from '../ui/county-time.ts';
import { secondsOrAge } from '../ui/durations.ts';
import { useDataAge, useNow } from '../ui/now.ts';
import { useUnitWords } from '../ui/unit-words.ts';

/** In the bar above, where it covers nothing, when what the wall shows is no longer the present. */
export function StaleBanner() {
  const { t } = useLanguage();
  const units = useUnitWords();
  const status = useStation((station) => station.status);
  const now = useNow();
  const time = useCountyTime();
  const ageMs = useDataAge();
  if (status === 'live') return null;
  const words = { age: secondsOrAge(ageMs, units), time: time.clock(now - ageMs) };
  return (
    <p className="stale-banner" role="alert">
      {status === 'stale' ? t('wall.staleBanner', words) : t('wall.lostBanner', words)}
    </p>
  );
}
