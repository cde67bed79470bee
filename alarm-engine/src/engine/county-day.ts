const formats = new Map<string, Intl.DateTimeFormat>();
const days = new Map<string, { from: number; to: number; day: string }>();
/** A day is looked up anew each so often, ms: its end differs with daylight saving, and falls on a quarter of an hour. */
const keptMs = 15 * 60_000;

/** Day in a time zone, YYMMDD: for case codes. `now` in ms since 1970. */
export function countyDay(now: number, timeZone: string): string {
  const kept = days.get(timeZone);
  if (kept !== undefined && now >= kept.from && now < kept.to) return kept.day;
  const day = formatDay(now, timeZone);
  const from = Math.floor(now / keptMs) * keptMs;
  days.set(timeZone, { from, to: from + keptMs, day });
  return day;
}

function formatDay(now: number, timeZone: string): string {
  let format = formats.get(timeZone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-GB', {
      timeZone,
      year: '2-digit',
      month: '2-digit',
      day: '2-digit',
    });
    formats.set(timeZone, format);
  }
  const parts = Object.fromEntries(format.formatToParts(now).map((part) => [part.type, part.value]));
  return `${parts.year}${parts.month}${parts.day}`;
}

/** Ms since 1970 at which a day (YYYY-MM-DD) begins in a time zone. */
export function startOfDay(day: string, timeZone: string): number {
  const utc = Date.parse(`${day}T00:00:00Z`);
  if (Number.isNaN(utc)) return utc;
  const offsetAt = (ms: number) =>
    Date.parse(`${new Date(ms).toLocaleString('sv-SE', { timeZone }).replace(' ', 'T')}Z`) - ms;
  return utc - offsetAt(utc - offsetAt(utc));
}
