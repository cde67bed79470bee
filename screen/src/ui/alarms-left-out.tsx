import { useLanguage } from '../i18n/language.ts';
import { useStation } from '../state/station.ts';

/** In a storm a screen is given the gravest alarms only; it says how many it does not show. */
export function AlarmsLeftOut() {
  const { t } = useLanguage();
  const leftOut = useStation((station) => station.world?.alarmsLeftOut ?? 0);
  return leftOut === 0 ? null : <p className="alarms-left-out">{t('flood.leftOut', { count: leftOut })}</p>;
}
