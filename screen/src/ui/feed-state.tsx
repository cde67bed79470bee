import { useLanguage } from '../i18n/language.ts';
import { useStation } from '../state/station.ts';
import { secondsOrAge } from './durations.ts';
import { useDataAge } from './now.ts';
import { useUnitWords } from './unit-words.ts';

/** A clock of this machine that is further off than this, in ms, is said. */
const clockOffMs = 5_000;

/** The connection in words: how old the data are, or that they have stopped, here or on their way to the station. */
export function FeedState() {
  const { t } = useLanguage();
  const status = useStation((station) => station.status);
  const offset = useStation((station) => station.clock.ms);
  const incompatible = useStation((station) => station.incompatible);
  const brokerIsAway = useStation((station) => station.pulse?.broker === 'away');
  const ageMs = useDataAge();
  const age = secondsOrAge(ageMs, useUnitWords());
  const words = {
    live: t('feed.live', { age: (ageMs / 1_000).toFixed(1) }),
    stale: t('feed.stale', { age }),
    lost: t('feed.lost', { age }),
  }[status];
  return (
    <p className="feed-state" data-status={status} role="status">
      {incompatible ? t('feed.incompatible') : words}
      {Math.abs(offset) > clockOffMs && (
        <span className="feed-fault">{t('feed.clockOff', { seconds: Math.round(-offset / 1_000) })}</span>
      )}
      {brokerIsAway && <span className="feed-fault">{t('feed.brokerAway')}</span>}
    </p>
  );
}
