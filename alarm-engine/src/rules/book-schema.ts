import { bothWays } from '@fenghuo/contracts/both-ways.ts';
import { deviceTypes, eventKinds, reportedStates, severities, type Words } from '@fenghuo/contracts/words.ts';
import { z } from 'zod';
import { distance, duration, hours, words } from './book-units.ts';
import { maxRadiusM } from './event-view.ts';
import type { Expressions } from './expression.ts';
import { keptMs } from './recent-signals.ts';
import { hazards } from './rule.ts';

const name = z
  .string()
  .regex(
    /^[a-z][a-z0-9-]*$/,
    bothWays({ zh: '应为名称，例如 "camera-fire"', en: 'is no name such as "camera-fire"' }),
  );
const kind = z.enum(eventKinds);
const type = z.enum(deviceTypes);
const states = z.array(z.enum(reportedStates)).min(1).default(['alarm']);

const within = z.union(
  [
    z.enum(['device', 'building', 'grid']).transform((of) => ({ of })),
    distance
      .refine(
        (metres) => metres > 0 && metres <= maxRadiusM,
        bothWays({
          zh: `应大于 0，且不超过 ${maxRadiusM} m`,
          en: `is nothing, or more than ${maxRadiusM} m`,
        }),
      )
      .transform((metres) => ({ of: 'near' as const, metres })),
  ],
  {
    error: bothWays({
      zh: `应为 device、building、grid，或不超过 ${maxRadiusM} m 的距离`,
      en: `is none of device, building, grid, or a distance up to ${maxRadiusM} m`,
    }),
  },
);

/** A window as the book declares it. */
export const windowSchema = z
  .strictObject({
    kinds: z.array(kind).min(1),
    devices: z.array(type).min(1).optional(),
    states,
    within,
    over: duration.refine(
      (ms) => ms > 0 && ms <= keptMs,
      bothWays({
        zh: '应大于 0，且不超过信号保留的 1 h',
        en: 'is nothing, or longer than signals are kept, which is 1 h',
      }),
    ),
    standing: z.boolean().default(false),
  })
  .refine(({ within: { of }, standing }) => !(standing && of === 'grid'), {
    path: ['standing'],
    error: bothWays({
      zh: '不能用于 grid：其中未恢复的可能太多，请用 building 或距离',
      en: 'is not for a grid, in which too much may stand: name a building or a distance',
    }),
  });
export type WindowDraft = z.output<typeof windowSchema>;

/** What other parts of the book may be named, found before it is validated. */
export interface KnownNames {
  rules: ReadonlySet<string>;
  plans: ReadonlySet<string>;
  /** Codes of the second level. */
  categories: ReadonlySet<string>;
}

/** Checks an expression where it stands, so that all of them are judged at once. `at` counts characters in it. */
function expressionSchema(expressions: Expressions) {
  return z.string().superRefine((text, ctx) => {
    const compiled = expressions.compile(text, '');
    if (compiled.ok) return;
    ctx.addIssue({ code: 'custom', message: bothWays(compiled.message), params: { at: compiled.at } });
  });
}

const oneOf = ({ zh, en }: Words, names: ReadonlySet<string>) =>
  z
    .string()
    .refine(
      (given) => names.has(given),
      bothWays({ zh: `规则库中没有这个${zh}`, en: `names no ${en} of this book` }),
    );

function ruleSchema(expressions: Expressions, known: KnownNames) {
  const expression = expressionSchema(expressions);
  const clauses = z
    .array(z.strictObject({ to: z.enum(severities), when: expression, because: words.optional() }))
    .default([]);
  return z.strictObject({
    id: name,
    title: words,
    kind,
    devices: z.array(type).min(1).optional(),
    states,
    when: expression.optional(),
    clear_when: expression.optional(),
    for: duration.default(0),
    off_delay: duration.default(0),
    hazard: z.enum(hazards),
    severity: z.enum(severities),
    raises: clauses,
    lowers: clauses,
    confirmed_when: expression.optional(),
    dispatch: z.enum(['automatic', 'propose']).default('propose'),
    latch: z.boolean().default(false),
    momentary: z.boolean().default(false),
    grouping: z
      .strictObject({ by: z.enum(['building', 'device', 'grid']), near: distance, quiet: duration })
      .default({ by: 'building', near: 120, quiet: 15 * 60_000 }),
    plan: oneOf({ zh: '预案', en: 'plan' }, known.plans).optional(),
    category: oneOf({ zh: '二级类别', en: 'category of the second level' }, known.categories),
    tags: z.array(z.string().min(1)).default([]),
    stuck_after: duration.optional(),
    shelvable_for: duration.optional(),
    inhibited_by: z
      .array(
        z.strictObject({
          rule: oneOf({ zh: '规则', en: 'rule' }, known.rules),
          of: z.enum(['parent', 'device', 'building']),
        }),
      )
      .default([]),
    active: hours.optional(),
  });
}
export type RuleDraft = z.output<ReturnType<typeof ruleSchema>>;

const response = z.strictObject({
  ticket: z.enum(['at-once', 'when-confirmed', 'never']),
  unacknowledged_for: duration.optional(),
  group_wait: duration,
});

const moment = z.iso.datetime({
  offset: true,
  error: bothWays({
    zh: '应为时间，例如 "2026-05-01T22:00:00+08:00"',
    en: 'is no time such as "2026-05-01T22:00:00+08:00"',
  }),
});
const codes = z.array(z.string().min(1)).default([]);

function maintenanceSchema(known: KnownNames) {
  return z.strictObject({
    id: name,
    title: words,
    purpose: z.enum(['maintenance', 'building-test']),
    why: z.string().min(1),
    areas: codes,
    buildings: codes,
    devices: codes,
    rules: z
      .array(oneOf({ zh: '规则', en: 'rule' }, known.rules))
      .min(1)
      .optional(),
    weekly: hours.optional(),
    from: moment.transform((text) => Date.parse(text)).optional(),
    to: moment.transform((text) => Date.parse(text)).optional(),
  });
}
export type MaintenanceDraft = z.output<ReturnType<typeof maintenanceSchema>>;

const supervised = z.union([z.literal('never').transform(() => 0), duration], {
  error: bothWays({
    zh: '应为时间（例如 "50 h"）或 "never"',
    en: 'is neither a time such as "50 h" nor "never"',
  }),
});

/** The whole book. Unknown keys are errors: a misspelt one would be a rule that does not do what it says. */
export function bookSchema(expressions: Expressions, known: KnownNames) {
  return z.strictObject({
    windows: z.record(z.string(), windowSchema).default({}),
    rules: z.array(ruleSchema(expressions, known)).min(1),
    responses: z.strictObject({ high: response, medium: response, low: response }),
    upkeep_kinds: z.array(kind),
    supervision: z.record(type, supervised),
    maintenance: z.array(maintenanceSchema(known)).default([]),
    flood: z.strictObject({
      enter_above: z.int().positive(),
      exit_below: z.int().positive(),
      within: duration,
    }),
    plans: z.array(z.strictObject({ id: name, title: words })),
    categories: z.array(
      z.strictObject({
        code: z.string().regex(/^\d{2}$/, bothWays({ zh: '应为两位数字', en: 'has not two digits' })),
        title: words,
        kinds: z.array(
          z.strictObject({
            code: z.string().regex(/^\d{4}$/, bothWays({ zh: '应为四位数字', en: 'has not four digits' })),
            title: words,
          }),
        ),
      }),
    ),
  });
}
export type BookDraft = z.output<ReturnType<typeof bookSchema>>;
