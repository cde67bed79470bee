import type { IncidentRecord } from '@fenghuo/contracts/records.ts';
import { useLanguage } from '../i18n/language.ts';
import { navigationLinks } from './navigation-links.ts';

/** The way there, by whatever map the phone has. */
export function OrderWay({ incident }: { incident: IncidentRecord }) {
  const { t, say } = useLanguage();
  const { lon, lat, place } = incident;
  if (lon === null || lat === null) return <p className="quiet-words">{t('respond.noPlace')}</p>;
  const links = navigationLinks({ lon, lat, name: say(place) });
  return (
    <nav className="order-way" aria-label={t('respond.way')}>
      <a className="button" href={links.amap} target="_blank" rel="noreferrer">
        {t('respond.amap')}
      </a>
      <a className="button" href={links.geo}>
        {t('respond.ownMap')}
      </a>
    </nav>
  );
}
