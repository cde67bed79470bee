import { bothWays } from '@fenghuo/contracts/both-ways.ts';
import type { Words } from '@fenghuo/contracts/words.ts';
import { z } from 'zod';

/** Milliseconds of each unit in which a book writes times. */
const unitMs = { s: 1000, min: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** A text of a pattern; `wanted` says which to whom wrote another. That it is missing is told as of every other key. */
function written(pattern: RegExp, wanted: Words) {
  const error = bothWays(wanted);
  return z.string({ error: ({ input }) => (input === undefined ? undefined : error) }).regex(pattern, error);
}

/** A time such as `40 s`, `5 min`, `24 h`, `7 d`; in ms. */
export const duration = written(/^\d+(\.\d+)? (s|min|h|d)$/, {
  zh: '应为时间，例如 "40 s"、"5 min"、"24 h"、"7 d"',
  en: 'is no time such as "40 s", "5 min", "24 h" or "7 d"',
}).transform((text) => {
  const [count, unit] = text.split(' ') as [string, keyof typeof unitMs];
  return Math.round(Number(count) * unitMs[unit]);
});

/** A distance such as `60 m`; in metres. */
export const distance = written(/^\d+ m$/, {
  zh: '应为距离，例如 "60 m"',
  en: 'is no distance such as "60 m"',
}).transform((text) => Number.parseInt(text, 10));

const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const clock = written(/^([01]\d|2[0-3]):[0-5]\d$/, {
  zh: '应为钟点，例如 "22:30"',
  en: 'is no time of day such as "22:30"',
}).transform((text) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3)));

/** Days and hours in the county's time zone; `to` at or before `from` is on the next day. */
export const hours = z.strictObject({
  days: z
    .array(z.enum(weekdays).transform((day) => weekdays.indexOf(day) + 1))
    .min(1)
    .default([1, 2, 3, 4, 5, 6, 7]),
  from: clock,
  to: clock,
});

export const words = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) });
