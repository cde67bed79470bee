import type { ActiveHours } from './rule.ts';

const dayMinutes = 24 * 60;
const dayNumbers: Readonly<Record<string, number>> = {
  ...{ Mon: 1, Tue: 2, Wed: 3, Thu: 4, Fri: 5, Sat: 6, Sun: 7 },
};
const formats = new Map<string, Intl.DateTimeFormat>();
/** The last minute that was looked up, by time zone: events of one batch ask for the same. */
const asked = new Map<string, { minute: number; day: number; time: number }>();

/** True while the clock of the county is within the hours. Hours past midnight belong to the day on which they begin. */
export function isActiveAt({ days, from, to }: ActiveHours, now: number, timeZone: string): boolean {
  const { day, time } = localTime(now, timeZone);
  if (from < to) return time >= from && time < to && days.includes(day);
  if (time >= from) return days.includes(day);
  return time < to && days.includes(day === 1 ? 7 : day - 1);
}

/** When the hours that are active now end, ms; null: they are not active. */
export function activeUntil(hours: ActiveHours, now: number, timeZone: string): number | null {
  if (!isActiveAt(hours, now, timeZone)) return null;
  const { minute, time } = localTime(now, timeZone);
  const left = (hours.to - time + dayMinutes) % dayMinutes || dayMinutes;
  return (minute + left) * 60_000;
}

function localTime(now: number, timeZone: string): { minute: number; day: number; time: number } {
  const minute = Math.floor(now / 60_000);
  const kept = asked.get(timeZone);
  if (kept?.minute === minute) return kept;
  const parts = new Map(
    formatOf(timeZone)
      .formatToParts(now)
      .map(({ type, value }) => [type, value]),
  );
  const time = (Number(parts.get('hour')) * 60 + Number(parts.get('minute'))) % dayMinutes;
  const found = { minute, day: dayNumbers[parts.get('weekday') ?? ''] ?? 1, time };
  asked.set(timeZone, found);
  return found;
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-GB', {
    ...{ timeZone, hourCycle: 'h23' as const },
    ...{ weekday: 'short' as const, hour: '2-digit' as const, minute: '2-digit' as const },
  });
  formats.set(timeZone, made);
  return made;
}
