import { useLanguage } from '../i18n/language.ts';

/** Forms of devices that are not at rest, as `paint-points.ts` draws them, on a 9 × 9 grid. */
const legend = [
  ['alarm', 'M1 1h7v7h-7Z'],
  ['fault', 'M3.5 0h2v3.5H9v2H5.5V9h-2V5.5H0v-2h3.5Z'],
  ['silent', 'M0 0h9v9H0ZM2 2v5h5V2Z'],
  ['never-heard', 'M3 3h3v3H3Z'],
] as const;

/** What the points mean, and the number beside a name. */
export function MapLegend() {
  const { t } = useLanguage();
  return (
    <ul className="map-legend" aria-label={t('map.legend')}>
      {legend.map(([state, form]) => (
        <li key={state} data-state={state}>
          <svg viewBox="0 0 9 9" aria-hidden="true">
            <path d={form} fillRule="evenodd" />
          </svg>
          {t(`map.state.${state}`)}
        </li>
      ))}
      <li>{t('map.health')}</li>
    </ul>
  );
}
