import { useMemo } from 'react';
import { type Language, useLanguage } from '../i18n/language.ts';
import { useStation } from '../state/station.ts';

/** Clocks and dates of the county, wherever the screen stands. */
export interface CountyTime {
  /** 24-hour clock: `03:12:47`. */
  clock: (at: number) => string;
  /** The same without seconds: `03:12`. */
  hourMinute: (at: number) => string;
  /** Day and weekday. */
  date: (at: number) => string;
}

export function countyTime(timeZone: string, language: Language): CountyTime {
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(language, { timeZone, ...options });
  const digits = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  const clock = format({ ...digits, second: '2-digit' });
  const hourMinute = format(digits);
  const day = format({ month: 'short', day: 'numeric' });
  const weekday = format({ weekday: 'short' });
  return {
    clock: (at) => clock.format(at),
    hourMinute: (at) => hourMinute.format(at),
    date: (at) => `${day.format(at)} ${weekday.format(at)}`,
  };
}

/** The county's time in the viewer's language. Before the first snapshot it is that of this machine. */
export function useCountyTime(): CountyTime {
  const { language } = useLanguage();
  const known = useStation((station) => station.world?.county.timeZone);
  return useMemo(() => {
    const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
    return countyTime(known ?? own, language);
  }, [known, language]);
}
