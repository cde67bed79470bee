import { z } from 'zod';
import type { Words } from './words.ts';

const between = '\u241e';

/** What is wrong with a value, in both languages; zod carries one text, {@link wordsOf} takes it apart again. */
export function bothWays({ zh, en }: Words): string {
  return `${zh}${between}${en}`;
}

/** A text that {@link bothWays} made; one that it did not make stands for both. */
export function wordsOf(message: string): Words {
  const [zh, en] = message.split(between);
  return { zh: zh!, en: en ?? message };
}

const chinese = z.locales.zhCN().localeError;
const english = z.locales.en().localeError;
const missing = bothWays({ zh: '缺少这个键', en: 'is missing' });

/** Of a parse: faults for which a schema has no words of its own are told by zod's, in both languages. */
export const toldBothWays: z.core.ParseContext<z.core.$ZodIssue> = {
  error: (issue) => {
    if (issue.input === undefined && isOfValue(issue.code)) return missing;
    return bothWays({ zh: textOf(chinese(issue)), en: textOf(english(issue)) });
  },
};

const isOfValue = (code: string) => code === 'invalid_type' || code === 'invalid_value';

function textOf(told: ReturnType<typeof chinese>): string {
  return (typeof told === 'string' ? told : told?.message) ?? '';
}
