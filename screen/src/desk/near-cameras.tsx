import { nearCameras } from '@fenghuo/contracts/cameras.ts';
import type { IncidentRecord } from '@fenghuo/contracts/records.ts';
import { useAsk } from '../feed/queries.ts';
import { useLanguage } from '../i18n/language.ts';
import { distanceText } from '../ui/distance-text.ts';

const askEveryMs = 15_000;

/** The cameras that can look there, the best first, and whether each has a picture now. */
export function NearCameras({ incident: { lon, lat } }: { incident: IncidentRecord }) {
  const { t } = useLanguage();
  const path = lon === null || lat === null ? null : `/cameras/near?lon=${lon}&lat=${lat}&limit=4`;
  const { data } = useAsk(path, nearCameras, { everyMs: askEveryMs });
  if (data === undefined || data.cameras.length === 0) return null;
  return (
    <section className="desk-block">
      <h3>{t('place.cameras')}</h3>
      <ul className="near-cameras">
        {data.cameras.map(({ id, code, metres, sees, state, ageSeconds }) => (
          <li key={id} data-camera={id} data-state={state}>
            <strong>{code}</strong>
            <span>{distanceText(metres)}</span>
            <span>{sees ? t('place.sees') : t('place.turnedAway')}</span>
            <span className="quiet-words">
              {t(`cameraState.${state}`)}
              {ageSeconds !== null &&
                state !== 'live' &&
                ` · ${t('place.pictureAge', { count: ageSeconds })}`}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
