import { buildingCard } from '@fenghuo/contracts/rest.ts';
import { useAsk } from '../feed/queries.ts';
import { useLanguage } from '../i18n/language.ts';

/** What stands there, and who has the keys: one touch calls them. */
export function BuildingFacts({ building }: { building: string }) {
  const { t, language } = useLanguage();
  const { data } = useAsk(`/buildings/${encodeURIComponent(building)}`, buildingCard);
  if (data === undefined) return null;
  const name = language === 'en' ? (data.nameEn ?? data.nameZh) : data.nameZh;
  return (
    <section className="desk-block">
      <h3>{t('place.building')}</h3>
      <p>
        <strong>{name}</strong>{' '}
        <span className="quiet-words">
          {t(`place.use.${data.use}`)} · {t('building.floors', { count: data.floors })} ·{' '}
          {t('place.detectors', { count: data.detectors })}
        </span>
      </p>
      {data.keyholder === null ? (
        <p className="quiet-words">{t('place.noKeyholder')}</p>
      ) : (
        <a className="button keyholder" href={`tel:${data.keyholder.phone}`}>
          {t('place.keyholder')} <bdi>{data.keyholder.name}</bdi> <strong>{data.keyholder.phone}</strong>
        </a>
      )}
    </section>
  );
}
