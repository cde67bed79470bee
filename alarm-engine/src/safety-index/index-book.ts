import { bothWays } from '@fenghuo/contracts/both-ways.ts';
import type { IndexPart } from '@fenghuo/contracts/safety-index.ts';
import { figureShows } from '@fenghuo/contracts/safety-index.ts';
import type { Words } from '@fenghuo/contracts/words.ts';
import { z } from 'zod';
import { duration, words } from '../rules/book-units.ts';
import type { AreaFacts } from './area-facts.ts';
import { compileFigure, compileNeed } from './fact-expression.ts';

/** A part of the index as it is computed. */
export interface BookPart extends IndexPart {
  /** Why it is left out where it has nothing to tell it from. */
  without: Words;
  /** Null: left out. */
  figureOf: (facts: AreaFacts) => number | null;
}

/** The index as its file words it. */
export interface IndexBook {
  periodMs: number;
  parts: readonly BookPart[];
}

function expression(compile: typeof compileFigure | typeof compileNeed) {
  return z.string().superRefine((text, ctx) => {
    const compiled = compile(text);
    if (!compiled.ok)
      ctx.addIssue({ code: 'custom', message: bothWays(compiled.message), params: { at: compiled.at } });
  });
}

const part = z
  .strictObject({
    id: z
      .string()
      .regex(
        /^[a-z][a-z0-9-]*$/,
        bothWays({ zh: '应为名称，例如 "on-time"', en: 'is no name such as "on-time"' }),
      ),
    title: words,
    weight: z.number().gt(0).max(1),
    needs: expression(compileNeed),
    without: words,
    figure: expression(compileFigure),
    show: z.enum(figureShows),
    worst: z.number(),
    best: z.number(),
  })
  .refine(({ worst, best }) => worst !== best, {
    path: ['best'],
    error: bothWays({
      zh: '与 worst 相同，两者之间没有余地',
      en: 'is the same as worst: nothing lies between',
    }),
  });

/** Tickets and alarms are looked at so far back, at most. */
const longestPeriodMs = 92 * 24 * 3_600_000;

/** The whole file. Unknown keys are errors: a misspelt weight would be none. */
export const indexBookSchema = z.strictObject({
  period: duration.refine(
    (ms) => ms > 0 && ms <= longestPeriodMs,
    bothWays({ zh: '应大于 0，且不超过 92 d', en: 'is nothing, or longer than 92 d' }),
  ),
  parts: z
    .array(part)
    .min(1)
    .superRefine((parts, ctx) => {
      const sum = parts.reduce((total, { weight }) => total + weight, 0);
      if (Math.abs(sum - 1) > 1e-6)
        ctx.addIssue({
          code: 'custom',
          message: bothWays({
            zh: `权重之和是 ${Number(sum.toFixed(6))}，应为 1`,
            en: `have weights of ${Number(sum.toFixed(6))} in all, not of 1`,
          }),
        });
      for (const [i, { id }] of parts.entries())
        if (parts.findIndex((other) => other.id === id) < i)
          ctx.addIssue({
            code: 'custom',
            path: [i, 'id'],
            message: bothWays({ zh: `${id} 已经有了`, en: `${id} is there already` }),
          });
    }),
});

/** Makes the file's words into what is computed. */
export function indexBookOf({ period, parts }: z.output<typeof indexBookSchema>): IndexBook {
  return {
    periodMs: period,
    parts: parts.map(({ needs, figure, ...part }) => {
      const [need, value] = [compileNeed(needs), compileFigure(figure)];
      if (!need.ok || !value.ok) throw new Error(`${part.id} was compiled before`);
      const figureOf = (facts: AreaFacts) => (need.evaluate(facts) ? finite(value.evaluate(facts)) : null);
      return { ...part, figureOf };
    }),
  };
}

/** A division by nothing tells nothing. */
const finite = (figure: number) => (Number.isFinite(figure) ? figure : null);
