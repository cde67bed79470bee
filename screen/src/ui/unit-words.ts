import { useMemo } from 'react';
import { useLanguage } from '../i18n/language.ts';
import type { UnitWords } from './durations.ts';

export function useUnitWords(): UnitWords {
  const { t } = useLanguage();
  return useMemo(() => ({ minute: t('unit.minute'), hour: t('unit.hour'), day: t('unit.day') }), [t]);
}
