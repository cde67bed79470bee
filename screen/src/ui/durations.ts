/** Words for units of time in the language of the viewer. */
export interface UnitWords {
  minute: string;
  hour: string;
  day: string;
}

const two = (n: number) => String(n).padStart(2, '0');

/** A running clock: `0:07`, `12:05`, `1:02:33`. Negative counts as zero. */
export function clockText(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000));
  const [h, m, s] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60];
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

/** An age in few characters: `1:42`, then `3 时 05 分`, then `2 天 4 时`. */
export function ageText(ms: number, units: UnitWords): string {
  const minutes = Math.max(0, Math.floor(ms / 60_000));
  if (minutes < 60) return clockText(ms);
  const [d, h, m] = [Math.floor(minutes / 1_440), Math.floor(minutes / 60) % 24, minutes % 60];
  return d > 0 ? `${d} ${units.day} ${h} ${units.hour}` : `${h} ${units.hour} ${two(m)} ${units.minute}`;
}

/**
 * What is left of a deadline: `3:48` under ten minutes, `46 分`, `5 时`, `3 天`; the same with `+` when it
 * is overdue. A second that has begun counts, so 0:00 shows only when nothing is left.
 */
export function countdownText(leftMs: number, units: UnitWords): string {
  const sign = leftMs < 0 ? '+' : '';
  const seconds = leftMs < 0 ? Math.floor(-leftMs / 1_000) : Math.ceil(leftMs / 1_000);
  if (seconds < 600) return `${sign}${clockText(seconds * 1_000)}`;
  if (seconds < 6_000) return `${sign}${Math.floor(seconds / 60)} ${units.minute}`;
  if (seconds < 172_800) return `${sign}${Math.floor(seconds / 3_600)} ${units.hour}`;
  return `${sign}${Math.floor(seconds / 86_400)} ${units.day}`;
}

/** A short age in whole seconds, begun ones counted, as `12 s`; from a minute on as {@link ageText}. */
export function secondsOrAge(ms: number, units: UnitWords): string {
  return ms < 60_000 ? `${Math.max(1, Math.ceil(ms / 1_000))} s` : ageText(ms, units);
}
