import { bothWays } from '@fenghuo/contracts/both-ways.ts';
import { z } from 'zod';

const unitMs = { ms: 1, s: 1000, min: 60_000, h: 3_600_000 } as const;

const time = /^(\d+(?:\.\d+)?) ?(ms|s|min|h)$/;
const timeWords = bothWays({
  zh: '应为时间，例如 500 ms、40 s、5 min、1 h',
  en: 'is no time such as 500 ms, 40 s, 5 min, 1 h',
});
const negativeWords = bothWays({
  zh: '不能为负；时间从剧本开始的 0 s 算起',
  en: 'is negative; times count from the beginning, 0 s',
});
const tooLongWords = bothWays({ zh: '最长 24 h', en: 'is longer than 24 h' });
const longestMs = 86_400_000;

const written = z
  .string({ error: timeWords })
  .regex(time, { error: ({ input }) => (/^-\d/.test(String(input)) ? negativeWords : timeWords) })
  .transform((text) => {
    const [, count, unit] = time.exec(text)!;
    return Number(count) * unitMs[unit as keyof typeof unitMs];
  });

/** A time such as `500 ms`, `40 s`, `5 min`, `1.5 h`; in whole ms. */
export const duration = written.transform(Math.round).refine((ms) => ms <= longestMs, tooLongWords);

/** A time in which something comes again: of none there would be no end. */
export const period = duration.refine(
  (ms) => ms > 0,
  bothWays({ zh: '应大于 0', en: 'must be longer than nothing' }),
);

/** A bound of what is measured to the tenth of a ms: it stays as it was written. Ms. */
export const bound = written.transform((ms) => Math.round(ms * 1000) / 1000);

/** A distance such as `60 m`; in metres. */
export const distance = z
  .string({ error: bothWays({ zh: '应为距离，例如 60 m', en: 'is no distance such as 60 m' }) })
  .regex(/^\d+(\.\d+)? ?m$/, bothWays({ zh: '应为距离，例如 60 m', en: 'is no distance such as 60 m' }))
  .transform((text) => Number.parseFloat(text));

/** From 0 to 1, also written as `30 %`. */
export const share = z
  .union(
    [
      z.number(),
      z
        .string()
        .regex(/^\d+(\.\d+)? ?%$/)
        .transform((text) => Number.parseFloat(text) / 100),
    ],
    {
      error: bothWays({ zh: '应为 0 到 1 的比例，例如 0.3 或 30 %', en: 'is no share such as 0.3 or 30 %' }),
    },
  )
  .refine(
    (value) => value >= 0 && value <= 1,
    bothWays({ zh: '应在 0 与 1 之间', en: 'lies outside of 0 to 1' }),
  );

/** A whole number from 1. */
export const many = z.int({ error: wholeFrom(1) }).min(1, wholeFrom(1));
/** A whole number from 0. */
export const count = z.int({ error: wholeFrom(0) }).min(0, wholeFrom(0));

function wholeFrom(least: number): string {
  return bothWays({ zh: `应为不小于 ${least} 的整数`, en: `is no whole number from ${least}` });
}

/** A number above 0. */
export const positive = z
  .number({ error: bothWays({ zh: '应为大于 0 的数', en: 'is no number above 0' }) })
  .positive(bothWays({ zh: '应为大于 0 的数', en: 'is no number above 0' }));

const text = z.string({ error: bothWays({ zh: '应为文字', en: 'is no text' }) }).min(1);
/** What people read: both languages. */
export const words = z.strictObject(
  { zh: text, en: text },
  {
    error: bothWays({ zh: '应为 { zh: …, en: … } 两种文字', en: 'is not { zh: …, en: … }, both languages' }),
  },
);

/** One of a closed list. */
export function oneOf<const T extends readonly [string, ...string[]]>(list: T) {
  const all = list.join(', ');
  return z.enum(list, { error: bothWays({ zh: `应为以下之一：${all}`, en: `is none of ${all}` }) });
}
