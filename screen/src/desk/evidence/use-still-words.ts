import { useCallback } from 'react';
import { useLanguage } from '../../i18n/language.ts';
import { useCountyTime } from '../../ui/county-time.ts';
import type { SayStill } from './keep-still.ts';

/** The line that goes with a picture into the case. */
export function useStillWords(): SayStill {
  const { t } = useLanguage();
  const { clock } = useCountyTime();
  return useCallback(
    ({ camera, at, isDated }) =>
      t(isDated ? 'evidence.taken' : 'evidence.received', { camera, time: clock(at) }),
    [t, clock],
  );
}
