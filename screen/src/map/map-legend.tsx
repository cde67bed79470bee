import type { MapShade } from '@fenghuo/contracts/wall-orders.ts';
import { useLanguage } from '../i18n/language.ts';
import { indexClasses, lowColour } from './area-shading.ts';

/** Forms of devices that are not at rest, as `paint-points.ts` draws them, on a 9 × 9 grid. */
const legend = [
  ['alarm', 'M1 1h7v7h-7Z'],
  ['fault', 'M3.5 0h2v3.5H9v2H5.5V9h-2V5.5H0v-2h3.5Z'],
  ['silent', 'M0 0h9v9H0ZM2 2v5h5V2Z'],
  ['never-heard', 'M3 3h3v3H3Z'],
] as const;

/** What the points mean, and the ground with the number beside a name. */
export function MapLegend({ shade }: { shade: MapShade }) {
  const { t } = useLanguage();
  return (
    <ul className="map-legend" aria-label={t('map.legend')} data-shade={shade}>
      {legend.map(([state, form]) => (
        <li key={state} data-state={state}>
          <svg viewBox="0 0 9 9" aria-hidden="true">
            <path d={form} fillRule="evenodd" />
          </svg>
          {t(`map.state.${state}`)}
        </li>
      ))}
      <ShadeLegend shade={shade} />
    </ul>
  );
}

function ShadeLegend({ shade }: { shade: MapShade }) {
  const { t } = useLanguage();
  switch (shade) {
    case 'none':
      return null;
    case 'online':
      return <li>{t('map.online')}</li>;
    case 'index':
      return (
        <li className="shade-classes">
          {t('map.index')}
          {indexClasses.map(({ from, opacity }, i) => (
            <span key={from}>
              <i
                className="shade-swatch"
                style={{ background: `color-mix(in srgb, ${lowColour} ${opacity * 100}%, #17212b)` }}
              />
              {classText(from, indexClasses[i - 1]?.from)}
            </span>
          ))}
        </li>
      );
  }
}

/** From a class's least value to below the one before it: `≥90`, `80–89`, `<60`. */
function classText(from: number, above: number | undefined): string {
  if (above === undefined) return `≥${from}`;
  return from === 0 ? `<${above}` : `${from}–${above - 1}`;
}
